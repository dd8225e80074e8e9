using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Reliability.Replay;

/// <summary>
/// Runs a gradient in its own format, and again in 64 bits on the pieces that the first run was on.
/// </summary>
/// <remarks>
/// Every decision at a kink (the sign of a ReLU's argument, who attains the maximum of a window, masks, permutations) is
/// recorded as the low precision took it. Two selections that differ by rounding only then agree to about 1e-16. What stays is a
/// difference beyond 64-bit rounding, given the decisions of the low-precision run. It is no statement about the program over the
/// reals, which may decide otherwise: a tie that rounding made is a tie in the replay too.
/// Source: reliability specification, 4.8.
/// </remarks>
public sealed class DecisionReplay : IDisposable
{
    private readonly GradientRunner _low;
    private readonly GradientRunner _wide;
    private readonly Decisions _decisions;
    private readonly HashSet<int> _wanted;
    private readonly Dictionary<int, TorchTensor> _recorded = [];

    /// <summary>Compiles the replay of a gradient.</summary>
    /// <param name="low">The gradient; it stays the caller's. Its observer is used during a run.</param>
    public DecisionReplay(GradientRunner low)
    {
        _low = low;
        _decisions = Decisions.Of(low.Program);
        _wanted = [.. _decisions.Values];
        _wide = new GradientRunner(_decisions.Replayed, Precision.Float64, low.Device);
    }

    /// <summary>The gradient in its own format and its replay.</summary>
    public (Gradient Low, Gradient Replayed) Run(IReadOnlyList<TorchTensor> inputs)
    {
        var outer = _low.Observer;
        try
        {
            _low.Observer = outer is null ? Record : outer + Record;
            var low = _low.Run(inputs);
            return (low, _wide.Run([.. inputs, .. _decisions.Values.Select(v => _recorded[v])]));
        }
        finally
        {
            _low.Observer = outer;
            Forget();
        }
    }

    /// <summary>Releases the replay's program.</summary>
    public void Dispose() => _wide.Dispose();

    private void Record(Node node, CompiledProgram program)
    {
        foreach (int argument in node.Arguments)
        {
            if (_wanted.Contains(argument) && !_recorded.ContainsKey(argument))
            {
                _recorded.Add(argument, program.Peek(argument));
            }
        }
    }

    private void Forget()
    {
        foreach (var tensor in _recorded.Values)
        {
            tensor.Dispose();
        }

        _recorded.Clear();
    }
}
