using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Cost;

/// <summary>
/// The theory's Algorithms 1 and 2, literally, on programs of scalars: what its costs are counted on.
/// </summary>
/// <remarks>
/// Every product and every addition of the algorithm is made, with the constant partials ±1 and the zero
/// start as well; the derived programs that the library emits leave those out and cost less. Source:
/// complexity specification, 1.1 and 1.5.
/// </remarks>
public static class Algorithm2
{
    /// <summary>Value and gradient of one scalar output, by backprop.</summary>
    public static (T Value, T[] Gradient) Backprop<T>(Program program, IReadOnlyList<T> inputs, Selection selection)
        where T : struct, INumeric<T>
    {
        var (values, partials) = Forward(program, inputs, selection);
        int output = program.Outputs.Single().Value;
        var v = new T[values.Length];
        v.AsSpan().Fill(T.Varying(0));
        v[output] = T.Varying(1);
        for (int i = program.Nodes.Count - 1; i >= 0; i--)
        {
            var node = program.Nodes[i];
            for (int k = 0; k < node.Arguments.Length; k++)
            {
                v[node.Arguments[k]] += v[node.Results[0]] * partials[i][k];
            }
        }

        return (values[output], [.. program.Inputs.Select(input => v[input.Value])]);
    }

    /// <summary>Value and gradient of one scalar output, by forprop over the basis directions.</summary>
    public static (T Value, T[] Gradient) Forprop<T>(Program program, IReadOnlyList<T> inputs, Selection selection)
        where T : struct, INumeric<T>
    {
        var (values, partials) = Forward(program, inputs, selection);
        int output = program.Outputs.Single().Value;
        int p = program.Inputs.Count;
        var rows = new T[values.Length][];
        for (int i = 0; i < p; i++)
        {
            int direction = i;
            rows[program.Inputs[i].Value] = [.. Enumerable.Range(0, p).Select(j => T.Varying(j == direction ? 1 : 0))];
        }

        for (int i = 0; i < program.Nodes.Count; i++)
        {
            var node = program.Nodes[i];
            var row = new T[p];
            for (int d = 0; d < p; d++)
            {
                var sum = partials[i][0] * rows[node.Arguments[0]][d];
                for (int k = 1; k < node.Arguments.Length; k++)
                {
                    sum += partials[i][k] * rows[node.Arguments[k]][d];
                }

                row[d] = sum;
            }

            rows[node.Results[0]] = row;
        }

        return (values[output], rows[output]);
    }

    private static (T[] Values, T[][] Partials) Forward<T>(Program program, IReadOnlyList<T> inputs, Selection selection)
        where T : struct, INumeric<T>
    {
        var values = new T[program.Types.Count];
        for (int i = 0; i < inputs.Count; i++)
        {
            values[program.Inputs[i].Value] = inputs[i];
        }

        var partials = new T[program.Nodes.Count][];
        for (int i = 0; i < program.Nodes.Count; i++)
        {
            var node = program.Nodes[i];
            var function = node.Function as IScalarFunction
                ?? throw new NonsmoothException($"{node.Name}: {node.Function.Name} is not a function of scalars");
            var d = new T[node.Arguments.Length];
            values[node.Results[0]] = function.Derive<T>([.. node.Arguments.Select(a => values[a])], d, selection.For(node.Name));

            // A constant partial is multiplied like any other here.
            partials[i] = Array.ConvertAll(d, x => T.Varying(T.ToDouble(x)));
        }

        return (values, partials);
    }
}
