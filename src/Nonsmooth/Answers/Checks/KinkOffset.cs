namespace Nonsmooth.Answers;

/// <summary>Where on a line the kink is whose two slopes differences see, and which are the point's own.</summary>
/// <param name="Where">On which side of the point it is.</param>
/// <param name="Distance">How far, in steps of the direction.</param>
/// <param name="Error">How far off that may be.</param>
internal readonly record struct KinkOffset(KinkSide Where, double Distance, double Error);

/// <summary>On which side of a point a kink is.</summary>
internal enum KinkSide
{
    /// <summary>There are several, or rounding hides it.</summary>
    Untold,

    /// <summary>At the point, as far as rounding tells.</summary>
    Here,

    /// <summary>On the left: the slope on the right is the point's.</summary>
    Left,

    /// <summary>On the right: the slope on the left is the point's.</summary>
    Right,
}
