namespace Nonsmooth.Answers;

/// <summary>An answer that may be withheld.</summary>
public enum Verdict
{
    /// <summary>It could not be decided within the budget, or not by the method: never a guess.</summary>
    Unknown,

    /// <summary>It holds.</summary>
    Yes,

    /// <summary>It does not hold.</summary>
    No,
}
