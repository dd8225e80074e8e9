using System.Numerics;
using Nonsmooth.Cost;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>A program made ready to run many times: its numbers have the bits of the interpreter's.</summary>
/// <typeparam name="T">The reals: double, or float for f32.</typeparam>
/// <remarks>
/// Immutable, and safe for several threads: each has a <see cref="CompiledRun{T}"/> of its own. A NaN is a NaN where the interpreter's
/// is one; its sign and payload are not kept.
/// </remarks>
public sealed class CompiledProgram<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Recorder<T> _recorder;
    private readonly CompileOptions _options;

    private CompiledProgram(Program program, CompileOptions options)
    {
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
        {
            throw new NonsmoothException($"a program is compiled for double or float, not for {typeof(T).Name}: the interpreter has other formats");
        }

        (Program, _options) = (program, options);
        _recorder = Recorder<T>.Of(program.Flatten().Prune(), options);
        IsCode = options.IsCode;
        Steps = IsCode ? Steps<T>.Code(_recorder, options.Chunk) : Steps<T>.Walk(_recorder);
        Interpreted = [.. _recorder.Kernels.Where(k => k.IsInterpreted).Select(k => k.Name)];
        OwnLoops = [.. _recorder.Kernels.Where(k => k.IsOwnLoop).Select(k => k.Name)];
        IsMostlyInterpreted = Interpreted.Count > 0 && 2 * _recorder.InterpretedOperations >= program.Count().Total;
        Given = _recorder.Inputs.Sum(p => p.IsObject ? 0 : p.Elements);
        TakesObjects = Array.Exists(_recorder.Inputs, p => p.IsObject);
        var needed = _recorder.Tape.Needed();
        for (int i = 0; i < needed.Length; i++)
        {
            Operations += needed[i] && _recorder.Tape[i] is { IsGiven: false, IsEffect: false } ? 1 : 0;
        }
    }

    /// <summary>The program.</summary>
    public Program Program { get; }

    /// <summary>Whether it is machine code; else a tape is walked along.</summary>
    public bool IsCode { get; }

    /// <summary>The names of the nodes that the interpreter runs, since their functions neither are written down nor have a loop to bind.</summary>
    public IReadOnlyList<string> Interpreted { get; }

    /// <summary>The names of the nodes that run their function's own loop (<see cref="IBindable"/>): it decides by the numbers what it does.</summary>
    public IReadOnlyList<string> OwnLoops { get; }

    /// <summary>How many operations on single numbers a run makes, comparisons and choices included, those within kernels not.</summary>
    public int Operations { get; }

    /// <summary>Whether most of what the program does is in nodes that the interpreter runs.</summary>
    internal bool IsMostlyInterpreted { get; }

    internal Steps<T> Steps { get; }

    /// <summary>How many numbers the inputs have, those of indices not counted.</summary>
    internal int Given { get; }

    internal bool TakesObjects { get; }

    internal Recorder<T> Recorder => _recorder;

    internal CompileOptions Options => _options;

    internal IReadOnlyList<Place> Inputs => _recorder.Inputs;

    internal IReadOnlyList<Place> Outputs => _recorder.Outputs;

    /// <summary>Makes a program ready.</summary>
    /// <param name="program">The program; composites are written out.</param>
    /// <param name="options">How; the usual way without.</param>
    /// <exception cref="NonsmoothException"><typeparamref name="T"/> is neither double nor float.</exception>
    public static CompiledProgram<T> Of(Program program, CompileOptions? options = null) => new(program, options ?? CompileOptions.Default);

    /// <summary>A workspace to run it in, for one thread at a time.</summary>
    public CompiledRun<T> Start() => new(this);

    /// <summary>Runs it once, as the interpreter does: the outputs in order, reals as doubles.</summary>
    /// <param name="inputs">The inputs in order, row-major: double[] or float[] for reals, long[] or int[] for indices, bool[] for masks.</param>
    /// <exception cref="NonsmoothException">An input is missing or does not fit its type.</exception>
    public IReadOnlyList<Tensor> Run(params IReadOnlyList<Array> inputs)
    {
        if (inputs.Count != Program.Inputs.Count)
        {
            throw new NonsmoothException(
                $"the program takes {Program.Inputs.Count} inputs ({string.Join(", ", Program.Inputs.Select(i => i.Name))}), given {inputs.Count}");
        }

        return Start().Call(inputs);
    }

    /// <summary>The program at many points at once, with the bits of one point at a time.</summary>
    /// <exception cref="NonsmoothException">It takes indices, gives others than reals, or the interpreter runs a node; the message names it.</exception>
    public CompiledBatch<T> Batch() => new(_recorder.Kernels.Count == 0 ? this : new(Program, _options with { Kernels = false, MostUnrolled = int.MaxValue }));

    /// <summary>Whether the program as it was made ready goes through vectors a point a lane.</summary>
    internal bool CanBatch => _recorder.Kernels.Count == 0 && _recorder.Indices.Count == 0 && Array.TrueForAll(_recorder.Outputs, o => o.Type.Kind == ElementKind.Real);

    internal Frame<T> Frame() => Steps.Frame(_recorder.Indices, _recorder.Bound);
}
