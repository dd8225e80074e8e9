using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Profiles;

/// <summary>What is known of a framework that is not run here, for one row.</summary>
/// <param name="Evidence">How it is known.</param>
public sealed record Declaration(Evidence Evidence)
{
    /// <summary>Read: the profile's selection, applied to the row's program, gives the value.</summary>
    public static Declaration Seen { get; } = new(Evidence.Seen);

    /// <summary>Remembered: the profile's selection, applied to the row's program, gives the value.</summary>
    public static Declaration Recalled { get; } = new(Evidence.Recalled);

    /// <summary>Recorded of this function at other points: the profile's selection, applied to the row's program, gives the value.</summary>
    public static Declaration Recorded { get; } = new(Evidence.Recorded);

    /// <summary>The program as that framework composes it, where it differs from the row's.</summary>
    public Func<Variable, Variable>? Spelling { get; init; }

    /// <summary>The gradient itself, where no selection expresses it.</summary>
    public IReadOnlyList<double>? Gradient { get; init; }

    /// <summary>Whether the framework's function of that name is another one, so that the gradient cannot be judged by this one.</summary>
    public bool OfAnotherFunction { get; init; }

    /// <summary>Another composition.</summary>
    public Declaration Spelled(Func<Variable, Variable> spelling) => this with { Spelling = spelling };

    /// <summary>A gradient written down.</summary>
    public Declaration As(params IReadOnlyList<double> gradient) => this with { Gradient = gradient };
}
