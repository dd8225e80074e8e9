using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Evaluation;

/// <summary>
/// Runs a program in managed code, in any arithmetic, in a fixed order of operations: slow and trusted.
/// </summary>
/// <remarks>The same bits on every machine whose double arithmetic and elementary functions are the same.</remarks>
public static class Interpreter
{
    /// <summary>Runs a program in a floating-point format.</summary>
    /// <typeparam name="TFormat">The format: every operation is rounded to it.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="inputs">
    /// The inputs in order, row-major: <c>double[]</c> or <c>float[]</c> for reals (rounded to the format),
    /// <c>long[]</c> or <c>int[]</c> for indices, <c>bool[]</c> for masks.
    /// </param>
    /// <returns>The outputs in order; reals as doubles, exactly.</returns>
    /// <exception cref="NonsmoothException">An input is missing or does not fit its type.</exception>
    public static IReadOnlyList<Tensor> Run<TFormat>(Program program, params IReadOnlyList<Array> inputs)
        where TFormat : struct, IFormat
    {
        if (inputs.Count != program.Inputs.Count)
        {
            throw new NonsmoothException(
                $"the program takes {program.Inputs.Count} inputs ({string.Join(", ", program.Inputs.Select(i => i.Name))}), given {inputs.Count}");
        }

        var tensors = program.Inputs.Select((input, i) =>
            Inputs.Read<Rounded<TFormat>>(input.Name, program.Types[input.Value], inputs[i])).ToArray();
        return [.. Evaluate<Rounded<TFormat>>(program, tensors).Select(Exact<Rounded<TFormat>>)];
    }

    /// <summary>Runs a program on any scalar, the counting one included.</summary>
    /// <param name="program">The program.</param>
    /// <param name="inputs">One tensor an input: of <typeparamref name="T"/>, long or bool.</param>
    /// <param name="observe">Called with each node's results as they are made, if given.</param>
    public static IReadOnlyList<Tensor> Evaluate<T>(
        Program program, IReadOnlyList<Tensor> inputs, Action<Node, IReadOnlyList<Tensor>>? observe = null)
        where T : struct, INumeric<T>
    {
        var values = new Tensor?[program.Types.Count];
        for (int i = 0; i < inputs.Count; i++)
        {
            values[program.Inputs[i].Value] = inputs[i];
        }

        var lastUse = LastUses(program);
        for (int n = 0; n < program.Nodes.Count; n++)
        {
            var node = program.Nodes[n];
            IReadOnlyList<Tensor> results;
            try
            {
                results = node.Function.Evaluate<T>([.. node.Arguments.Select(a => values[a]!)]);
            }
            catch (NonsmoothException e)
            {
                throw e.In(node.Name);
            }

            observe?.Invoke(node, results);
            for (int r = 0; r < results.Count; r++)
            {
                values[node.Results[r]] = results[r];
            }

            foreach (int argument in node.Arguments)
            {
                if (lastUse[argument] == n)
                {
                    values[argument] = null;
                }
            }
        }

        return [.. program.Outputs.Select(o => values[o.Value]!)];
    }

    private static int[] LastUses(Program program)
    {
        var last = new int[program.Types.Count];
        for (int n = 0; n < program.Nodes.Count; n++)
        {
            foreach (int argument in program.Nodes[n].Arguments)
            {
                last[argument] = n;
            }
        }

        foreach (var output in program.Outputs)
        {
            last[output.Value] = int.MaxValue;
        }

        return last;
    }

    private static Tensor Exact<T>(Tensor tensor)
        where T : struct, INumeric<T> =>
        tensor is Tensor<T> reals ? new Tensor<double>(reals.Shape, Array.ConvertAll(reals.Elements, T.ToDouble)) : tensor;
}
