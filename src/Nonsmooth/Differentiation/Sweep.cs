using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Differentiation;

/// <summary>Goes through the nodes of a program and emits their derivatives.</summary>
/// <param name="program">The program, whose nodes are replayed into the builder.</param>
/// <param name="builder">Where the derivatives go.</param>
/// <param name="values">Images of the program's values.</param>
/// <param name="active">Which values depend on what one differentiates with respect to.</param>
/// <param name="selection">What holds at kinks.</param>
internal sealed class Sweep(Program program, ProgramBuilder builder, Variable?[] values, bool[] active, Selection selection)
{
    private readonly bool _uniform = !selection.NamedNodes.Any();

    /// <summary>Backwards, from the cotangents of the outputs to those of all values.</summary>
    /// <param name="cotangents">By value.</param>
    /// <param name="seed">Which seed they carry.</param>
    /// <param name="before">Called before each node, with the images of the values.</param>
    public void Run(Variable?[] cotangents, int seed, Action<int, ProgramBuilder, Variable?[]>? before)
    {
        // What is recomputed replaces images: derivatives are those of the nodes that were there first.
        int[] origins = new int[program.Nodes.Count];
        for (int i = 0; i < origins.Length; i++)
        {
            origins[i] = values[program.Table[i].FirstResult]!.Maker;
        }

        for (int i = origins.Length - 1; i >= 0; i--)
        {
            before?.Invoke(i, builder, values);
            if (!IsReached(i, cotangents))
            {
                continue;
            }

            var node = program.Nodes[i];
            using (builder.Derivative(node, NodeRole.Vjp, origins[i], seed))
            {
                var arguments = node.Function.Vjp(At(node), Images(node.Results, cotangents));
                for (int a = 0; a < node.Arguments.Length; a++)
                {
                    if (arguments[a] is { } cotangent)
                    {
                        Accumulate(cotangents, node.Arguments[a], cotangent);
                    }
                }
            }
        }
    }

    /// <summary>Forwards through one node, for several directions.</summary>
    /// <param name="node">A node that was replayed.</param>
    /// <param name="directions">For each direction the tangent of each value; the results' are filled in.</param>
    public void Advance(Node node, Variable?[][] directions)
    {
        if (!active.AsSpan(node.Record.FirstResult, node.Record.Results).Contains(true))
        {
            return;
        }

        var at = At(node);
        for (int d = 0; d < directions.Length; d++)
        {
            using (builder.Derivative(node, NodeRole.Jvp, at.Results[0].Maker, d))
            {
                var results = node.Function.Jvp(at, Images(node.Arguments, directions[d]));
                for (int r = 0; r < node.Results.Length; r++)
                {
                    directions[d][node.Results[r]] = results[r];
                }
            }
        }
    }

    /// <summary>Adds to a value's cotangent, where the value is active.</summary>
    /// <remarks>The first cotangent is taken as it is; the theory's count of an addition per edge is an upper bound.</remarks>
    public void Accumulate(Variable?[] cotangents, int value, Variable cotangent)
    {
        if (active[value])
        {
            cotangents[value] = cotangents[value] is { } before ? Dictionary.Functions.Add(before, cotangent) : cotangent;
        }
    }

    private Derivation At(Node node)
    {
        bool[] reached = new bool[node.Arguments.Length];
        for (int i = 0; i < reached.Length; i++)
        {
            reached[i] = active[node.Arguments[i]];
        }

        // A name is composed only where some selection goes by names.
        return new Derivation(
            builder, Images(node.Arguments, values)!, Images(node.Results, values)!, reached, _uniform ? selection : selection.For(node.Name));
    }

    private static Variable?[] Images(ValueList numbers, Variable?[] images)
    {
        var found = new Variable?[numbers.Length];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = images[numbers[i]];
        }

        return found;
    }

    private bool IsReached(int node, Variable?[] cotangents)
    {
        ref readonly var record = ref program.Table[node];
        if (cotangents.AsSpan(record.FirstResult, record.Results).ContainsAnyExcept((Variable?)null))
        {
            foreach (int argument in program.Table.Arguments(node))
            {
                if (active[argument])
                {
                    return true;
                }
            }
        }

        return false;
    }
}
