using Nonsmooth.LibTorch.Autograd;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Profiles;

/// <summary>One point of one function at which frameworks have to choose, or at which users are surprised.</summary>
/// <param name="Group">The family, for headings.</param>
/// <param name="Id">A stable name.</param>
/// <param name="Expression">The function as users write it.</param>
/// <param name="Point">The point; the gradient is that of the sum of the function's values.</param>
/// <param name="Live">The function in libtorch's operators.</param>
/// <param name="Program">The same function of this dictionary, if it has it.</param>
public sealed record KinkRow(
    string Group,
    string Id,
    string Expression,
    IReadOnlyList<double> Point,
    Func<AutogradTensor, AutogradTensor> Live,
    Func<Variable, Variable>? Program = null)
{
    /// <summary>What JAX does.</summary>
    public Declaration? Jax { get; init; }

    /// <summary>What TensorFlow does.</summary>
    public Declaration? TensorFlow { get; init; }

    /// <summary>Whether the program under the default selection is libtorch's; the remark says why not.</summary>
    public bool ProgramIsLibTorch { get; init; } = true;

    /// <summary>How far around the point the function is looked at: less than the ε of functions that have one.</summary>
    public double Radius { get; init; } = 1e-6;

    /// <summary>What one should know of the row.</summary>
    public string? Remark { get; init; }
}
