using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Traps;

/// <summary>What the rules ask about a program: forms, ranges, and what guards what.</summary>
internal sealed class ProgramFacts
{
    private readonly List<Node>[] _uses;

    /// <summary>Gathers the facts.</summary>
    /// <param name="program">A program without composites.</param>
    /// <param name="options">The format and what inputs can be.</param>
    public ProgramFacts(Program program, TrapOptions options)
    {
        Program = program;
        Options = options;
        Shapes = new Shapes(program);
        Ranges = RangeAnalysis.Of(program, Shapes, options.Format, options.Inputs);
        Exact = RangeAnalysis.Of(program, Shapes, TrapFormat.Float64, options.Inputs);
        _uses = [.. program.Types.Select(_ => new List<Node>())];
        foreach (var node in program.Nodes)
        {
            foreach (int argument in node.Arguments.Distinct())
            {
                _uses[argument].Add(node);
            }
        }
    }

    /// <summary>The program, at level 1.</summary>
    public Program Program { get; }

    /// <summary>What was asked.</summary>
    public TrapOptions Options { get; }

    /// <summary>What values are made of.</summary>
    public Shapes Shapes { get; }

    /// <summary>What values can be in the format asked for.</summary>
    public ValueRange[] Ranges { get; }

    /// <summary>What they can be in 64 bits.</summary>
    public ValueRange[] Exact { get; }

    /// <summary>A value's name in quotes.</summary>
    public string Name(int value) => $"'{Program.NameOf(value)}'";

    /// <summary>The only product that a value is a factor of, broadcasts taken off; itself where there is none.</summary>
    public int Product(int value)
    {
        int at = value;
        while (_uses[at] is [{ Function: Broadcast or Reshape or Binary<Multiply> } use])
        {
            at = use.Results[0];
            if (use.Function is Binary<Multiply>)
            {
                return at;
            }
        }

        return value;
    }

    /// <summary>The masked value in which a node's result ends up, its mask depending on what the node's argument depends on.</summary>
    /// <param name="node">A node.</param>
    /// <param name="argument">The argument that the mask should protect.</param>
    /// <param name="byProduct">Whether the mask is multiplied (by a select of constants) rather than selected by.</param>
    public int? Guard(Node node, int argument, bool byProduct)
    {
        var seen = new HashSet<int>(node.Results);
        var queue = new Queue<int>(node.Results);
        HashSet<int>? ancestors = null;
        while (queue.TryDequeue(out int value))
        {
            foreach (var use in _uses[value])
            {
                if (MaskOf(use, value, byProduct) is { } mask && Ancestors(mask).Overlaps(ancestors ??= Ancestors(argument)))
                {
                    return use.Results[0];
                }

                foreach (int result in use.Results.Where(r => Program.Types[r].Kind == ElementKind.Real && seen.Add(r)))
                {
                    queue.Enqueue(result);
                }
            }
        }

        return null;
    }

    private int? MaskOf(Node use, int value, bool byProduct) => use.Function switch
    {
        Select when !byProduct && use.Arguments[0] != value => use.Arguments[0],
        Binary<Multiply> when byProduct => use.Arguments
            .Where(a => a != value && Shapes.Maker(Shapes.Bare(a)) is { Function: Select } s && s.Arguments.Skip(1).All(b => Ranges[b].IsConstant))
            .Select(a => (int?)Shapes.Maker(Shapes.Bare(a))!.Arguments[0]).FirstOrDefault(),
        _ => null,
    };

    /// <summary>The real values that a value depends on, itself included, constants left out.</summary>
    private HashSet<int> Ancestors(int value)
    {
        var found = new HashSet<int>();
        var stack = new Stack<int>([value]);
        while (stack.TryPop(out int next))
        {
            if (!Ranges[next].IsConstant && found.Add(next) && Shapes.Maker(next) is { } node)
            {
                foreach (int argument in node.Arguments)
                {
                    stack.Push(argument);
                }
            }
        }

        found.RemoveWhere(v => Program.Types[v].Kind != ElementKind.Real);
        return found;
    }
}
