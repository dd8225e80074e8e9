using System.Text;
using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>
/// A typed static DAG that applies elementary functions to earlier values: what everything here works on.
/// </summary>
/// <remarks>
/// Immutable. Values are numbered; every node's arguments come before its results. Made by
/// <see cref="ProgramBuilder"/> or by tracing an ordinary C# function. Source: complexity specification, 1.1.
/// </remarks>
public partial class Program
{
    private readonly TensorType[] _types;

    internal Program(TensorType[] types, Names names, IReadOnlyList<ProgramInput> inputs, NodeTable table, IReadOnlyList<NamedValue> outputs)
    {
        (_types, Names, Table) = (types, names, table);
        (Inputs, Nodes, Outputs) = (inputs, new NodeList(this), outputs);
    }

    private protected Program(Program program)
        : this(program._types, program.Names, program.Inputs, program.Table, program.Outputs)
    {
    }

    /// <summary>The type of each value, by number.</summary>
    public IReadOnlyList<TensorType> Types => _types;

    /// <summary>The inputs, in order.</summary>
    public IReadOnlyList<ProgramInput> Inputs { get; }

    /// <summary>The applications, in an order in which they can run.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The outputs, in order.</summary>
    public IReadOnlyList<NamedValue> Outputs { get; }

    internal Names Names { get; }

    internal NodeTable Table { get; }

    /// <summary>The name of a value: an input's, or its node's.</summary>
    public string NameOf(int value) => Names.OfValue(value);

    /// <summary>The type of an input.</summary>
    /// <exception cref="NonsmoothException">There is no such input; the message lists those there are.</exception>
    public TensorType InputType(string name) => Types[Input(name).Value];

    /// <summary>An input by its name.</summary>
    /// <exception cref="NonsmoothException">There is no such input; the message lists those there are.</exception>
    public ProgramInput Input(string name) => Inputs.FirstOrDefault(i => i.Name == name)
        ?? throw new NonsmoothException($"no input '{name}': the program's inputs are {string.Join(", ", Inputs.Select(i => i.Name))}");

    /// <summary>An output by its name.</summary>
    /// <exception cref="NonsmoothException">There is no such output; the message lists those there are.</exception>
    public NamedValue Output(string name) => Outputs.FirstOrDefault(o => o.Name == name)
        ?? throw new NonsmoothException($"no output '{name}': the program's outputs are {string.Join(", ", Outputs.Select(o => o.Name))}");

    /// <summary>The types of a node's arguments.</summary>
    public IReadOnlyList<TensorType> ArgumentTypes(Node node)
    {
        var types = new TensorType[node.Arguments.Length];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = _types[node.Arguments[i]];
        }

        return types;
    }

    /// <summary>The same program with some of its outputs, in the order given, without the nodes that none of them needs. Inputs stay.</summary>
    /// <param name="outputs">Their names.</param>
    /// <exception cref="NonsmoothException">There is no such output; the message lists those there are.</exception>
    public Program Only(params IEnumerable<string> outputs) => new Program(_types, Names, Inputs, Table, [.. outputs.Select(Output)]).Prune();

    /// <summary>The same program without the nodes that no output needs. Inputs stay.</summary>
    public Program Prune() => Pruning.Of(this, NeededNodes());

    /// <summary>The same program with some nodes applied otherwise: another function, other arguments, several nodes.</summary>
    /// <param name="rewrite">
    /// Asked for each node with the images of its arguments; answers the images of its results, of the same types, or
    /// null to leave the node as it is. Where it is several nodes, they are best named by <see cref="ProgramBuilder.Expand"/>.
    /// </param>
    /// <exception cref="ShapeException">An answer has other types; the message names the node.</exception>
    public Program Rewrite(Func<Node, IReadOnlyList<Variable>, IReadOnlyList<Variable>?> rewrite) => Rebuild((_, node, arguments) => rewrite(node, arguments));

    /// <summary>The same, told the builder as well: for nodes without arguments.</summary>
    internal Program Rebuild(Func<ProgramBuilder, Node, IReadOnlyList<Variable>, IReadOnlyList<Variable>?> rewrite)
    {
        var builder = new ProgramBuilder();
        var values = new Variable?[Types.Count];
        foreach (var input in Inputs)
        {
            values[input.Value] = builder.Input(input.Name, Types[input.Value], input.Role);
        }

        foreach (var node in Nodes)
        {
            IReadOnlyList<Variable>? results;
            using (builder.For(node, values))
            {
                results = rewrite(builder, node, [.. node.Arguments.Select(a => values[a]!)]);
            }

            if (results is null)
            {
                builder.Replay(node, values);
                continue;
            }

            for (int i = 0; i < node.Results.Length; i++)
            {
                if (results.Count != node.Results.Length || results[i].Type != Types[node.Results[i]])
                {
                    throw new ShapeException(
                        $"{node.Name}: rewritten with {string.Join(", ", results.Select(r => r.Type))}, it gives {string.Join(", ", node.Results.Select(r => Types[r]))}");
                }

                values[node.Results[i]] = results[i];
            }
        }

        return builder.Build(Outputs.Select(o => (o.Name, values[o.Value]!)));
    }

    /// <summary>For each node, whether some output needs it.</summary>
    internal bool[] NeededNodes()
    {
        var values = new bool[Types.Count];
        foreach (var output in Outputs)
        {
            values[output.Value] = true;
        }

        var nodes = new bool[Table.Count];
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            ref readonly var record = ref Table[i];
            nodes[i] = values.AsSpan(record.FirstResult, record.Results).Contains(true);
            if (nodes[i])
            {
                foreach (int argument in Table.Arguments(i))
                {
                    values[argument] = true;
                }
            }
        }

        return nodes;
    }

    internal ReadOnlySpan<TensorType> TypesOf(in NodeRecord record) => _types.AsSpan(record.FirstResult, record.Results);

    /// <summary>
    /// The same program at level 1: every function that is itself defined by a program is replaced by it.
    /// </summary>
    /// <remarks>Value and additive cost are unchanged. Source: complexity specification, 1.1.</remarks>
    public Program Flatten() => Flatten(static _ => false);

    /// <summary>The same program, with the functions that are defined by a program replaced by it, save some.</summary>
    /// <param name="whole">Which of these functions stay as they are, in definitions too.</param>
    public Program Flatten(Predicate<CompositeFunction> whole)
    {
        bool Written(ElementaryFunction function) => function is CompositeFunction composite && !whole(composite);
        return !Table.Functions.ToArray().Any(Written)
            ? this
            : Rebuild((builder, node, arguments) =>
            {
                if (!Written(node.Function))
                {
                    return null;
                }

                using (builder.Expand(node))
                {
                    var definition = ((CompositeFunction)node.Function).Definition(ArgumentTypes(node)).Flatten(whole);
                    return builder.Inline(definition, [.. arguments]);
                }
            });
    }

    /// <summary>A readable listing: one line an application.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("program (").AppendJoin(", ", Inputs.Select(i => $"{i.Name}: {Types[i.Value]}")).Append(")\n");
        foreach (var node in Nodes)
        {
            text.Append("  ").AppendJoin(", ", node.Results.Select(r => Names.OfValue(r))).Append(" = ").Append(node.Function.Name);
            if (node.Function.Attributes.Length > 0)
            {
                text.Append('[').Append(node.Function.Attributes).Append(']');
            }

            text.Append('(').AppendJoin(", ", node.Arguments.Select(a => Names.OfValue(a))).Append(") : ")
                .AppendJoin(", ", node.Results.Select(r => Types[r])).Append('\n');
        }

        return text.Append("  return ")
            .AppendJoin(", ", Outputs.Select(o => o.Name == Names.OfValue(o.Value) ? o.Name : $"{o.Name} = {Names.OfValue(o.Value)}"))
            .Append('\n').ToString();
    }
}
