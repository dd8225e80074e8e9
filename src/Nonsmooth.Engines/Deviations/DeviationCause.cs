namespace Nonsmooth.Engines.Deviations;

/// <summary>Why an engine's number is not ours.</summary>
public enum DeviationCause
{
    /// <summary>The dictionary differs by a choice of its own, which its documentation states.</summary>
    OurChoice,

    /// <summary>What the engine does is no selection's.</summary>
    NoSelection,

    /// <summary>The engine's answer is wrong, or NaN where there is a right one.</summary>
    EngineIsWrong,

    /// <summary>The engine's function of that name has other values.</summary>
    AnotherFunction,

    /// <summary>The engine, or the dictionary, composes the function of operations that round otherwise.</summary>
    Rounding,
}
