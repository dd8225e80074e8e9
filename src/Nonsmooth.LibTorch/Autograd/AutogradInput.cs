namespace Nonsmooth.LibTorch.Autograd;

/// <summary>An argument of a function that libtorch's autograd is asked about.</summary>
/// <param name="Sizes">The sizes of its axes.</param>
/// <param name="Data">The elements, row-major.</param>
public sealed record AutogradInput(IReadOnlyList<long> Sizes, IReadOnlyList<double> Data);

/// <summary>What libtorch's autograd answered.</summary>
/// <param name="Sizes">The sizes of the value's axes.</param>
/// <param name="Value">The value, row-major.</param>
/// <param name="Gradients">By argument the gradient, row-major; null where libtorch says that the value depends on none.</param>
public sealed record AutogradAnswer(IReadOnlyList<long> Sizes, IReadOnlyList<double> Value, IReadOnlyList<IReadOnlyList<double>>? Gradients);
