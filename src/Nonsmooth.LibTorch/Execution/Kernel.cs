using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>Computes a node's results from its arguments; both lie in the table of values.</summary>
internal delegate void Kernel(TensorHandle[] values);
