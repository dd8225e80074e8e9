using System.Numerics;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Formats;

/// <summary>Counts ranges while a compiled program runs: set <see cref="Observe"/> as its observer.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="program">The program as it runs: <see cref="CompiledProgram.Program"/>.</param>
/// <param name="precision">The format it runs in.</param>
public sealed class RangeObserver(Program program, Precision precision)
{
    private readonly bool _flushToZero = FlushToZero.Probe();
    private readonly Dictionary<string, ValueRange> _ranges = new(StringComparer.Ordinal);
    private NonFiniteNode? _first;
    private int _runs;

    /// <summary>What was counted so far.</summary>
    public RangeReport Report => new(
        precision, _flushToZero, _runs, [.. program.Nodes.Where(n => _ranges.ContainsKey(n.Name)).Select(n => _ranges[n.Name])], _first);

    /// <summary>To be called after each node of a run: an observer of <see cref="CompiledProgram.Observer"/>.</summary>
    public void Observe(Node node, CompiledProgram run)
    {
        if (node.Index == 0)
        {
            _runs++;
            foreach (var input in program.Inputs.Where(i => _first is null && program.Types[i.Value].Kind == ElementKind.Real))
            {
                using var values = HostValues.Of(run, input.Value);
                Find(input.Name, "input", values);
            }
        }

        foreach (int result in node.Results)
        {
            if (program.Types[result].Kind != ElementKind.Real)
            {
                continue;
            }

            using var values = HostValues.Of(run, result);
            var range = RangeCount.Of(node.Name, node.Role == NodeRole.Vjp, values) with { Layer = node.Module };
            _ranges[node.Name] = _ranges.TryGetValue(node.Name, out var before) ? before + range : range;
            if (range.NonFinite > 0 && _first is null)
            {
                Find(node.Name, node.Function.Name, values);
            }
        }
    }

    private void Find(string name, string function, TorchTensor values)
    {
        if (values.Dtype == TorchDtype.Float64)
        {
            Find<double>(name, function, values.AsSpan<double>());
        }
        else
        {
            Find<float>(name, function, values.AsSpan<float>());
        }
    }

    private void Find<T>(string name, string function, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long count = 0;
        int at = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                (count, at) = (count + 1, at < 0 ? i : at);
            }
        }

        _first = at < 0 ? _first : new NonFiniteNode(_runs - 1, name, function, at, double.CreateChecked(values[at]), count);
    }
}
