using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Cost;

/// <summary>Counts a program and its backprop from shapes alone: nothing runs, no tensor is made.</summary>
public static class CostAnalysis
{
    /// <summary>What the program and its backprop cost.</summary>
    /// <param name="program">A program with one scalar output, as a network's loss.</param>
    /// <param name="options">For what; training in 32 bits without any.</param>
    public static CostReport Analyze(Program program, CostOptions? options = null)
    {
        options ??= new CostOptions();
        IReadOnlyList<string> wanted = options.WithRespectTo.Count > 0 ? options.WithRespectTo : Trainable(program);
        var flat = program.Flatten(static composite => composite.HasVjp);
        var derived = Differentiator.Derive(
            flat,
            new BackpropOptions { WithRespectTo = wanted, Selection = options.Selection },
            null);
        var rows = new Rows(program, options, Activity.Swept(program, wanted));
        var needed = derived.NeededNodes();
        for (int i = 0; i < derived.Nodes.Count; i++)
        {
            if (needed[i])
            {
                // The value comes first, node by node; that of a program that is a gradient has derivatives of its own.
                rows.Add(derived, derived.Nodes[i], i >= flat.Nodes.Count);
            }
        }

        long parameters = wanted.Sum(name => program.InputType(name).Shape.Count64);
        return rows.Report(parameters);
    }

    private static IReadOnlyList<string> Trainable(Program program) =>
        Activity.Wanted(program, [.. program.Inputs.Where(i => i.Role == InputRole.Parameter).Select(i => i.Name)]);

    /// <summary>Puts the nodes of a derived program under the nodes of the program that they come from.</summary>
    private sealed class Rows
    {
        private readonly Program _program;
        private readonly CostOptions _options;
        private readonly bool[] _swept;
        private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
        private readonly Work[] _forward;
        private readonly Work[] _backward;
        private readonly List<string> _uncounted = [];

        public Rows(Program program, CostOptions options, bool[] swept)
        {
            (_program, _options, _swept) = (program, options, swept);
            _forward = new Work[program.Nodes.Count];
            _backward = new Work[program.Nodes.Count];
            for (int i = 0; i < program.Nodes.Count; i++)
            {
                _index.Add(program.Nodes[i].Name, i);
            }
        }

        public void Add(Program derived, Node node, bool backwards)
        {
            int row = Find(node);
            try
            {
                var work = WorkOf(derived, node);
                if (row >= 0)
                {
                    var table = backwards ? _backward : _forward;
                    table[row] += work;
                }
                else if (work.Operations != OperationCount.Zero)
                {
                    // The seed belongs to no node, and is free; a sum of seeds is not.
                    _uncounted.Add(node.Name);
                }
            }
            catch (NotSupportedException)
            {
                _uncounted.Add(node.Name);
            }
        }

        public CostReport Report(long parameters)
        {
            var saved = SavedWords();
            var nodes = new NodeCost[_forward.Length];
            for (int i = 0; i < nodes.Length; i++)
            {
                var node = _program.Nodes[i];
                nodes[i] = new NodeCost(
                    node.Name, node.Function.Name, _program.Types[node.Results[0]], _forward[i], _backward[i], saved[i], Kinked(node));
            }

            return new CostReport(nodes, parameters, _uncounted)
            {
                Unsaid = [.. _program.Nodes.Where((n, i) => _swept[i] && n.Arguments.Length > 0 && n.Function.Known.Saves is null).Select(n => n.Name)],
            };
        }

        private int Find(Node node)
        {
            foreach (string name in node.Lineage())
            {
                if (_index.TryGetValue(name, out int row))
                {
                    return row;
                }
            }

            return -1;
        }

        private Work WorkOf(Program derived, Node node)
        {
            var types = derived.ArgumentTypes(node);
            return new Work(node.Function.Count(types), Products(node.Function, types), Bytes(derived, node));
        }

        private static MultiplyAdds Products(ElementaryFunction function, IReadOnlyList<TensorType> types)
        {
            if (function is IMultiplyAdds product)
            {
                return new MultiplyAdds(product.DenseMultiplyAdds(types), product.EffectiveMultiplyAdds(types));
            }

            if (function is not CompositeFunction composite)
            {
                return MultiplyAdds.Zero;
            }

            var definition = composite.Definition(types);
            return definition.Nodes.Aggregate(
                MultiplyAdds.Zero, (sum, n) => sum + Products(n.Function, definition.ArgumentTypes(n)));
        }

        private long Bytes(Program derived, Node node) => IsView(node.Function)
            ? 0
            : node.Arguments.Concat(node.Results).Sum(v => SizeOf(derived.Types[v]));

        private long SizeOf(TensorType type) => type.Shape.Count64 * type.Kind switch
        {
            ElementKind.Real => _options.BytesPerReal,
            ElementKind.Index => sizeof(long),
            _ => 1,
        };

        private static bool IsView(ElementaryFunction function) => function.Known.View is not null;

        private long Kinked(Node node) => node.Function.Regularity != Regularity.PathDifferentiable ? 0
            : node.Function.Known.Candidates is { } candidates ? _program.Types[node.Results[0]].Shape.Count64 * (candidates - 1)
            : node.Function.Count(_program.ArgumentTypes(node)).Comparisons;

        private long[] SavedWords()
        {
            var saved = new long[_program.Nodes.Count];
            var memory = Enumerable.Range(0, _program.Types.Count).ToArray();
            var counted = new bool[memory.Length];
            foreach (var input in _program.Inputs)
            {
                // Only a batch's examples need keeping: parameters and labels are there anyway.
                counted[input.Value] = input.Role != InputRole.Data || _program.Types[input.Value].Kind != ElementKind.Real
                    || _options.WithRespectTo.Contains(input.Name);
            }

            for (int i = 0; i < saved.Length; i++)
            {
                var node = _program.Nodes[i];
                if (IsView(node.Function))
                {
                    memory[node.Results[0]] = memory[node.Arguments[0]];
                }

                // What no gradient passes through keeps nothing: a maximum that is only compared, a mask.
                if (!_swept[i])
                {
                    continue;
                }

                saved[i] = SavedWordRule.Extra(_program, node);
                foreach (int value in SavedWordRule.Values(node))
                {
                    int root = memory[value];
                    if (!counted[root])
                    {
                        counted[root] = true;
                        saved[i] += _program.Types[root].Shape.Count64;
                    }
                }
            }

            return saved;
        }
    }
}
