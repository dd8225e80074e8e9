using System.Collections.Immutable;
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
public sealed partial class Program
{
    private readonly ImmutableArray<TensorType> _types;
    private readonly ImmutableArray<string> _names;
    private readonly ImmutableArray<ProgramInput> _inputs;
    private readonly ImmutableArray<Node> _nodes;

    internal Program(
        ImmutableArray<TensorType> types,
        ImmutableArray<string> names,
        ImmutableArray<ProgramInput> inputs,
        ImmutableArray<Node> nodes,
        ImmutableArray<NamedValue> outputs)
    {
        (_types, _names, _inputs, _nodes) = (types, names, inputs, nodes);
        Types = types;
        Inputs = inputs;
        Nodes = nodes;
        Outputs = outputs;
    }

    /// <summary>The type of each value, by number.</summary>
    public IReadOnlyList<TensorType> Types { get; }

    /// <summary>The inputs, in order.</summary>
    public IReadOnlyList<ProgramInput> Inputs { get; }

    /// <summary>The applications, in an order in which they can run.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The outputs, in order.</summary>
    public IReadOnlyList<NamedValue> Outputs { get; }

    /// <summary>The name of a value: an input's, or its node's.</summary>
    public string NameOf(int value) => _names[value];

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
    public IReadOnlyList<TensorType> ArgumentTypes(Node node) => [.. node.Arguments.Select(a => Types[a])];

    /// <summary>The same program with some of its outputs, in the order given, without the nodes that none of them needs. Inputs stay.</summary>
    /// <param name="outputs">Their names.</param>
    /// <exception cref="NonsmoothException">There is no such output; the message lists those there are.</exception>
    public Program Only(params IEnumerable<string> outputs) =>
        new Program(_types, _names, _inputs, _nodes, [.. outputs.Select(Output)]).Prune();

    /// <summary>The same program without the nodes that no output needs. Inputs stay.</summary>
    public Program Prune()
    {
        var needed = NeededNodes();
        return Rebuild(i => needed[i], (builder, node, values) => builder.Replay(node, values));
    }

    /// <summary>The same program with some nodes applied otherwise: another function, other arguments, several nodes.</summary>
    /// <param name="rewrite">
    /// Asked for each node with the images of its arguments; answers the images of its results, of the same types, or
    /// null to leave the node as it is.
    /// </param>
    /// <exception cref="ShapeException">An answer has other types; the message names the node.</exception>
    public Program Rewrite(Func<Node, IReadOnlyList<Variable>, IReadOnlyList<Variable>?> rewrite) =>
        Rebuild(_ => true, (builder, node, values) =>
        {
            IReadOnlyList<Variable>? results;
            using (builder.AsCopy(node.Copy))
            {
                results = rewrite(node, [.. node.Arguments.Select(a => values[a]!)]);
            }

            if (results is null)
            {
                builder.Replay(node, values);
                return;
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
        });

    /// <summary>For each node, whether some output needs it.</summary>
    internal bool[] NeededNodes()
    {
        var values = new bool[Types.Count];
        foreach (var output in Outputs)
        {
            values[output.Value] = true;
        }

        var nodes = new bool[Nodes.Count];
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            foreach (int result in Nodes[i].Results)
            {
                nodes[i] |= values[result];
            }

            if (nodes[i])
            {
                foreach (int argument in Nodes[i].Arguments)
                {
                    values[argument] = true;
                }
            }
        }

        return nodes;
    }

    /// <summary>
    /// The same program at level 1: every function that is itself defined by a program is replaced by it.
    /// </summary>
    /// <remarks>Value and additive cost are unchanged. Source: complexity specification, 1.1.</remarks>
    public Program Flatten() => Flatten(static _ => false);

    /// <summary>The same program, with the functions that are defined by a program replaced by it, save some.</summary>
    /// <param name="whole">Which of these functions stay as they are, in definitions too.</param>
    public Program Flatten(Predicate<CompositeFunction> whole) =>
        Nodes.All(n => n.Function is not CompositeFunction c || whole(c))
            ? this
            : Rebuild(_ => true, (builder, node, values) =>
            {
                if (node.Function is not CompositeFunction composite || whole(composite))
                {
                    builder.Replay(node, values);
                    return;
                }

                using (builder.Scope(node.Name))
                using (builder.AsCopy(node.Copy))
                {
                    var definition = composite.Definition(ArgumentTypes(node)).Flatten(whole);
                    var results = builder.Inline(definition, [.. node.Arguments.Select(a => values[a]!)]);
                    for (int i = 0; i < results.Count; i++)
                    {
                        values[node.Results[i]] = results[i];
                    }
                }
            });

    /// <summary>A readable listing: one line an application.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("program (").AppendJoin(", ", Inputs.Select(i => $"{i.Name}: {Types[i.Value]}")).Append(")\n");
        foreach (var node in Nodes)
        {
            text.Append("  ").AppendJoin(", ", node.Results.Select(r => _names[r])).Append(" = ").Append(node.Function.Name);
            if (node.Function.Attributes.Length > 0)
            {
                text.Append('[').Append(node.Function.Attributes).Append(']');
            }

            text.Append('(').AppendJoin(", ", node.Arguments.Select(a => _names[a])).Append(") : ")
                .AppendJoin(", ", node.Results.Select(r => Types[r])).Append('\n');
        }

        return text.Append("  return ")
            .AppendJoin(", ", Outputs.Select(o => o.Name == _names[o.Value] ? o.Name : $"{o.Name} = {_names[o.Value]}"))
            .Append('\n').ToString();
    }

    private Program Rebuild(Func<int, bool> keep, Action<ProgramBuilder, Node, Variable?[]> emit)
    {
        var builder = new ProgramBuilder();
        var values = new Variable?[Types.Count];
        foreach (var input in Inputs)
        {
            values[input.Value] = builder.Input(input.Name, Types[input.Value], input.Role);
        }

        for (int i = 0; i < Nodes.Count; i++)
        {
            if (keep(i))
            {
                emit(builder, Nodes[i], values);
            }
        }

        return builder.Build(Outputs.Select(o => (o.Name, values[o.Value]!)));
    }
}
