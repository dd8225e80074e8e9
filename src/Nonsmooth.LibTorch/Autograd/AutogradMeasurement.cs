namespace Nonsmooth.LibTorch.Autograd;

/// <summary>What libtorch's own autograd gave at one point.</summary>
/// <param name="Value">The function's value, row-major; one number for a scalar.</param>
/// <param name="Gradient">The gradient of the sum of the values, one number per coordinate of the point.</param>
public sealed record AutogradMeasurement(IReadOnlyList<double> Value, IReadOnlyList<double> Gradient);
