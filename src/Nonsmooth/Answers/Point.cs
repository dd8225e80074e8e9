using Nonsmooth.Arithmetic;
using Nonsmooth.Compiled;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>A program's values at a point, in double precision, with bounds on their errors.</summary>
internal sealed class Point
{
    private readonly Tensor?[] _values;

    public Point(Program program, IReadOnlyList<Array> inputs, Deadline? deadline = null)
    {
        if (inputs.Count != program.Inputs.Count)
        {
            throw new NonsmoothException(
                $"the program takes {program.Inputs.Count} inputs ({string.Join(", ", program.Inputs.Select(i => i.Name))}), given {inputs.Count}");
        }

        Program = program;
        _values = new Tensor?[program.Types.Count];
        Tensor[] tensors = [.. program.Inputs.Select((input, i) =>
            Inputs.Read<Bounded>(input.Name, program.Types[input.Value], inputs[i]))];
        for (int i = 0; i < tensors.Length; i++)
        {
            _values[program.Inputs[i].Value] = tensors[i];
        }

        Interpreter.Evaluate<Bounded>(program, tensors, (node, results) =>
        {
            deadline?.Check();
            for (int r = 0; r < results.Count; r++)
            {
                _values[node.Results[r]] = results[r];
            }
        });
    }

    public Program Program { get; }

    /// <summary>A real value's elements.</summary>
    public double[] this[int value] =>
        Array.ConvertAll(Bounds(value), Bounded.ToDouble);

    /// <summary>A real value's elements, with bounds on their errors.</summary>
    public Bounded[] Bounds(int value) => ((Tensor<Bounded>)_values[value]!).Elements;

    /// <summary>A value.</summary>
    public Tensor Value(int value) => _values[value]!;

    /// <summary>Runs a program and reads its real outputs by name.</summary>
    public static Dictionary<string, double[]> Run(Program program, IReadOnlyList<Array> inputs)
    {
        var outputs = CompiledPrograms.Run(program, inputs);
        var read = new Dictionary<string, double[]>(StringComparer.Ordinal);
        for (int i = 0; i < outputs.Count; i++)
        {
            if (outputs[i] is Tensor<double> reals)
            {
                read[program.Outputs[i].Name] = reals.Elements;
            }
        }

        return read;
    }
}
