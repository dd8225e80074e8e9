using Nonsmooth.Compiled;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Sparsity;

/// <summary>Which elements of outputs depend on which elements of inputs, of a program that is linear in those inputs.</summary>
/// <remarks>
/// The program is written down number by number, and what each number depends on goes along the steps. What decides only, as a comparison, carries
/// nothing: the program is a derivative's, and decisions read its point. Of a node that runs as a whole every result depends on every argument.
/// </remarks>
internal static class PatternDetection
{
    /// <summary>The pattern: a row an element of the outputs, a column an element of the inputs, one after another each.</summary>
    /// <param name="program">The program.</param>
    /// <param name="inputs">The positions of the inputs.</param>
    /// <param name="outputs">The positions of the outputs.</param>
    public static SparsityPattern Of(Program program, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs)
    {
        var recorder = Recorder<double>.Of(program.Flatten().Prune(), new CompileOptions { MostUnrolled = int.MaxValue, Kernels = false });
        var memory = new Dictionary<int, int[]>();
        int columns = 0;
        foreach (int input in inputs)
        {
            var place = recorder.Inputs[input];
            for (int i = 0; i < place.Elements; i++)
            {
                memory[place.Address + i] = [columns++];
            }
        }

        Follow(recorder, memory);
        return new(columns, [.. outputs.SelectMany(o => Addresses(recorder.Outputs[o])).Select(a => memory.GetValueOrDefault(a, []))]);
    }

    private static IEnumerable<int> Addresses(Place place) => Enumerable.Range(place.Address, place.Elements);

    private static void Follow(Recorder<double> recorder, Dictionary<int, int[]> memory)
    {
        var steps = recorder.Tape.Steps;
        var last = new int[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            for (int o = 0; o < steps[i].Operands; o++)
            {
                last[steps[i].Operand(o)] = i;
            }
        }

        var on = new int[steps.Length][];
        for (int i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            switch (step.Code)
            {
                case TapeCode.Kernel:
                    Whole((IPlacedKernel)recorder.Kernels[step.A], memory);
                    break;
                case TapeCode.Store:
                    memory[step.B] = on[step.A] ?? [];
                    break;
                case TapeCode.Load:
                    on[i] = memory.GetValueOrDefault(step.A, []);
                    break;
                default:
                    for (int o = step.IsMask ? step.Operands : step.Code == TapeCode.Select ? 1 : 0; o < step.Operands; o++)
                    {
                        on[i] = Union(on[i] ?? [], on[step.Operand(o)] ?? []);
                    }

                    break;
            }

            for (int o = 0; o < step.Operands; o++)
            {
                if (last[step.Operand(o)] == i)
                {
                    on[step.Operand(o)] = null!;
                }
            }
        }
    }

    private static void Whole(IPlacedKernel kernel, Dictionary<int, int[]> memory)
    {
        int[] all = [];
        foreach (var argument in kernel.Arguments.Where(a => a.Address >= 0 && a.Type.Kind == ElementKind.Real))
        {
            foreach (int address in Addresses(argument))
            {
                all = Union(all, memory.GetValueOrDefault(address, []));
            }
        }

        foreach (var result in kernel.Results.Where(r => r.Type.Kind == ElementKind.Real))
        {
            foreach (int address in Addresses(result))
            {
                memory[address] = all;
            }
        }
    }

    // Of two ascending sets; one of them itself where it has all of the other.
    private static int[] Union(int[] a, int[] b)
    {
        if (ReferenceEquals(a, b) || b.Length == 0)
        {
            return a;
        }

        if (a.Length == 0)
        {
            return b;
        }

        int[] union = new int[a.Length + b.Length];
        var (i, j, n) = (0, 0, 0);
        while (i < a.Length || j < b.Length)
        {
            int next = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i] : b[j];
            i += i < a.Length && a[i] == next ? 1 : 0;
            j += j < b.Length && b[j] == next ? 1 : 0;
            union[n++] = next;
        }

        return n == a.Length ? a : n == b.Length ? b : union.AsSpan(0, n).ToArray();
    }
}
