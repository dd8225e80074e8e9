namespace Nonsmooth.Answers;

/// <summary>How a value bends at a point, to first order.</summary>
[Flags]
internal enum Bend
{
    /// <summary>It is differentiable there.</summary>
    Straight = 0,

    /// <summary>It is regular.</summary>
    Up = 1,

    /// <summary>The negative of a regular one.</summary>
    Down = 2,

    /// <summary>Neither is known.</summary>
    Both = 3,
}

/// <summary>What becomes of bends.</summary>
internal static class Bends
{
    extension(Bend bend)
    {
        /// <summary>Whether it is regular.</summary>
        public bool IsRegular => (bend & Bend.Down) == 0;

        /// <summary>Times a number of a sign.</summary>
        public Bend Times(int sign) => sign switch
        {
            0 => Bend.Straight,
            > 0 => bend,
            _ => (Bend)((((int)bend & 1) << 1) | ((int)bend >> 1)),
        };
    }
}
