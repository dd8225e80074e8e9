using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>Computes two nodes at once; false, having done nothing, for tensors that it does not take.</summary>
internal delegate bool PairKernel(TensorHandle[] values);

/// <summary>Two nodes that run as one where nothing else reads the value between them, which is then never written to memory.</summary>
/// <param name="Fits">Whether a node and the one that reads its first result are such a pair.</param>
/// <param name="Lower">Their kernel; for tensors that it does not take each has its own.</param>
internal sealed record FusedPair(Func<Node, Node, bool> Fits, Func<Node, Node, LoweringContext, PairKernel> Lower);
