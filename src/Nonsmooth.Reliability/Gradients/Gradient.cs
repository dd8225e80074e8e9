namespace Nonsmooth.Reliability.Gradients;

/// <summary>A gradient of a scalar, and the scalar, as doubles that hold the format's numbers exactly.</summary>
/// <param name="Loss">The scalar.</param>
/// <param name="Tensors">One array a parameter, row-major.</param>
public sealed record Gradient(double Loss, IReadOnlyList<double[]> Tensors)
{
    /// <summary>Whether every entry is finite.</summary>
    public bool IsFinite => Tensors.All(t => t.All(double.IsFinite));

    /// <summary>‖·‖₂ over all tensors together.</summary>
    public double Norm => Math.Sqrt(Tensors.Sum(t => t.Sum(v => v * v)));
}
