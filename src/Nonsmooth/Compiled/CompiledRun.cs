using System.Numerics;
using System.Runtime.InteropServices;
using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>A workspace of a compiled program: write its inputs, execute, read its outputs; a run allocates nothing but what interpreted nodes do.</summary>
/// <typeparam name="T">The reals.</typeparam>
/// <remarks>For one thread at a time. Spans stay valid and are the same for every execution.</remarks>
public sealed class CompiledRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CompiledProgram<T> _program;
    private readonly Frame<T> _frame;
    private readonly bool[] _set;

    internal CompiledRun(CompiledProgram<T> program) => (_program, _frame, _set) = (program, program.Frame(), new bool[program.Inputs.Count]);

    /// <summary>What it runs.</summary>
    public CompiledProgram<T> Program => _program;

    /// <summary>The elements of all inputs that are not indices, one input after another: to be written. A mask's elements have all bits or none.</summary>
    public Span<T> Given => _frame.At(0, _program.Given);

    /// <summary>The elements of a real input, row-major: to be written.</summary>
    /// <param name="input">The input's position.</param>
    /// <exception cref="NonsmoothException">The input is not real.</exception>
    public Span<T> Input(int input) => Reals(_program.Inputs[input], $"input '{_program.Program.Inputs[input].Name}'");

    /// <summary>The elements of a real output, row-major, as the last execution left them.</summary>
    /// <param name="output">The output's position.</param>
    /// <exception cref="NonsmoothException">The output is not real.</exception>
    public ReadOnlySpan<T> Output(int output) => Reals(_program.Outputs[output], $"output '{_program.Program.Outputs[output].Name}'");

    /// <summary>Sets an input of any kind.</summary>
    /// <param name="input">The input's position.</param>
    /// <param name="elements">Row-major: double[] or float[] for reals, rounded to the format; long[] or int[] for indices, bool[] for masks.</param>
    /// <exception cref="NonsmoothException">They do not fit the input's type.</exception>
    public void Set(int input, Array elements)
    {
        var place = _program.Inputs[input];
        if (typeof(T) == typeof(double) && elements is double[] doubles && place.Type.Kind == ElementKind.Real && doubles.Length == place.Elements)
        {
            MemoryMarshal.Cast<double, T>(doubles).CopyTo(_frame.At(place.Address, place.Elements));
            return;
        }

        string name = _program.Program.Inputs[input].Name;
        switch (Inputs.Read<Rounded<Float64>>(name, place.Type, elements))
        {
            case Tensor<Rounded<Float64>> reals:
                _frame.Write(place, reals);
                break;
            case Tensor<bool> mask:
                _frame.Write(place, mask);
                break;
            case var indices:
                ((Tensor<long>)indices).Elements.CopyTo(_frame.Indices[place.Object].Elements, 0);
                _set[input] = true;
                break;
        }
    }

    /// <summary>Runs the program on the inputs as they are.</summary>
    /// <exception cref="NonsmoothException">An input of indices was not set, or a node refuses its arguments; the message names it.</exception>
    public void Execute()
    {
        if (_program.TakesObjects)
        {
            CheckObjects();
        }

        _program.Steps.Run(_frame);
    }

    /// <summary>An output of any kind, copied; reals as doubles, exactly.</summary>
    /// <param name="output">The output's position.</param>
    public Tensor Result(int output)
    {
        var place = _program.Outputs[output];
        if (place.Address < 0)
        {
            return place.IsObject ? new Tensor<long>(place.Type.Shape, [.. _frame.Indices[place.Object].Elements]) : place.Symbols!;
        }

        var memory = _frame.At(place.Address, place.Elements).ToArray();
        if (memory is double[] doubles && place.Type.Kind == ElementKind.Real)
        {
            return new Tensor<double>(place.Type.Shape, doubles);
        }

        return place.Type.Kind == ElementKind.Boolean
            ? new Tensor<bool>(place.Type.Shape, Array.ConvertAll(memory, m => m != T.Zero))
            : new Tensor<double>(place.Type.Shape, Array.ConvertAll(memory, double.CreateTruncating));
    }

    /// <summary>Sets every input, executes, and copies every output.</summary>
    internal Tensor[] Call(IReadOnlyList<Array> inputs)
    {
        for (int i = 0; i < inputs.Count; i++)
        {
            Set(i, inputs[i]);
        }

        Execute();
        var results = new Tensor[_program.Outputs.Count];
        for (int o = 0; o < results.Length; o++)
        {
            results[o] = Result(o);
        }

        return results;
    }

    private void CheckObjects()
    {
        for (int i = 0; i < _program.Inputs.Count; i++)
        {
            if (_program.Inputs[i].IsObject && !_set[i])
            {
                throw new NonsmoothException($"input '{_program.Program.Inputs[i].Name}' is of indices that were not given: set them before executing");
            }
        }
    }

    private Span<T> Reals(Place place, string name) => place.Type.Kind == ElementKind.Real
        ? _frame.At(place.Address, place.Elements)
        : throw new NonsmoothException($"{name} is {place.Type}, not real: set it, or ask for the result, as an array");
}
