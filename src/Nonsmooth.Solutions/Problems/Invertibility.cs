namespace Nonsmooth.Solutions;

/// <summary>Whether the condition of the nonsmooth implicit function theorem holds at a solution.</summary>
public enum Invertibility
{
    /// <summary>
    /// Every element of the conservative Jacobian in the unknown is invertible: the theorem applies. Of fixed points and roots it is proved in
    /// intervals, of other systems tested in double precision, by pivots; a formula solves none.
    /// </summary>
    AllElements,

    /// <summary>The selected element is invertible, some other is not: the derivative is the selected one's formula, without the theorem.</summary>
    ChosenOnly,

    /// <summary>The selected element is singular: there is no derivative to give.</summary>
    Fails,

    /// <summary>Not decided: the selected element is invertible in double precision; elements differ, or intervals around the solution do not prove it of all.</summary>
    Unknown,
}
