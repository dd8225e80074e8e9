namespace Nonsmooth.Solutions;

/// <summary>Whether the condition of the nonsmooth implicit function theorem holds at a solution.</summary>
public enum Invertibility
{
    /// <summary>Every element of the conservative Jacobian in the unknown is invertible: the theorem applies.</summary>
    AllElements,

    /// <summary>The selected element is invertible, some other is not: the derivative is the selected one's formula, without the theorem.</summary>
    ChosenOnly,

    /// <summary>The selected element is singular: there is no derivative to give.</summary>
    Fails,

    /// <summary>Not decided: the selected element is invertible, elements differ, and their hull was not searched.</summary>
    Unknown,
}
