using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>
/// Runs programs in f64 as the interpreter does, with its bits: one that is run again and again is first written down as a tape, then
/// made machine code.
/// </summary>
/// <remarks>
/// Programs of one structure share what was made of them, whatever they call things; the latest some hundred structures are kept. One of
/// more than four million elements in all its values, or sixteen thousand in tensors, is always interpreted, as is one whose work is mostly the interpreter's anyway.
/// Safe for several threads.
/// </remarks>
public static class CompiledPrograms
{
    // A tape costs about a run of the interpreter, machine code some two thousand runs of the tape.
    private const int Tape = 1;
    private const int Code = 2000;
    private const int Generation = 128;

    // A run keeps all values of its program at once: more than these the interpreter lets go one after another.
    private const long MostElements = 1 << 22;

    // Making a program of large tensors ready costs more than the few runs that most of them get.
    private const long MostInTensors = 1 << 14;

    private static readonly ConditionalWeakTable<Program, Entry> _entries = [];
    private static readonly AsyncLocal<bool> _interpreting = new();
    private static readonly Lock _lock = new();
    private static Dictionary<ProgramStructure, Entry> _younger = [];
    private static Dictionary<ProgramStructure, Entry> _older = [];

    /// <summary>Runs a program once: the outputs in order, reals as doubles.</summary>
    /// <param name="program">The program.</param>
    /// <param name="inputs">The inputs, as <see cref="Interpreter.Run{TFormat}"/> takes them.</param>
    /// <exception cref="NonsmoothException">An input is missing or does not fit its type, or a node refuses its arguments.</exception>
    public static IReadOnlyList<Tensor> Run(Program program, params IReadOnlyList<Array> inputs) =>
        _interpreting.Value ? Interpreter.Run<Float64>(program, inputs) : _entries.GetValue(program, Shared).Run(program, inputs);

    /// <summary>Until it is disposed, everything is interpreted: for comparing, and for times.</summary>
    public static IDisposable Interpreting()
    {
        var end = new End(_interpreting.Value);
        _interpreting.Value = true;
        return end;
    }

    private static Entry Shared(Program program)
    {
        double elements = program.Types.Sum(t => (double)t.Shape.Count64);
        if (elements > MostElements || (elements > MostInTensors && program.Types.Any(t => t.Shape.Count64 >= CompileOptions.Default.LeastLooped)))
        {
            return new Entry { Stays = true };
        }

        var structure = new ProgramStructure(program);
        lock (_lock)
        {
            if (_younger.TryGetValue(structure, out var entry))
            {
                return entry;
            }

            if (!_older.Remove(structure, out entry))
            {
                entry = new();
            }

            if (_younger.Count == Generation)
            {
                (_older, _younger) = (_younger, []);
            }

            _younger.Add(structure, entry);
            return entry;
        }
    }

    private sealed class Entry
    {
        private readonly ConcurrentBag<CompiledRun<double>> _runs = [];
        private readonly Lock _making = new();
        private volatile CompiledProgram<double>? _program;
        private volatile bool _stays;
        private int _count;

        /// <summary>Whether the interpreter runs the program, however often it is.</summary>
        public bool Stays
        {
            init => _stays = value;
        }

        public IReadOnlyList<Tensor> Run(Program program, IReadOnlyList<Array> inputs)
        {
            int count = Interlocked.Increment(ref _count);
            if (count <= Tape || _stays || inputs.Count != program.Inputs.Count)
            {
                return Interpreter.Run<Float64>(program, inputs);
            }

            var compiled = Made(program, count > Code ? CompileMode.Code : CompileMode.Tape);
            try
            {
                return Run(compiled, inputs);
            }
            catch (NonsmoothException)
            {
                // The program that was compiled may have other names: this one's are told by the interpreter.
                return Interpreter.Run<Float64>(program, inputs);
            }
        }

        private CompiledProgram<double> Made(Program program, CompileMode mode)
        {
            var compiled = _program;
            if (compiled is null || (!compiled.IsCode && mode == CompileMode.Code && CompileOptions.Default.IsCode))
            {
                lock (_making)
                {
                    compiled = _program;
                    if (compiled is null || (!compiled.IsCode && mode == CompileMode.Code))
                    {
                        // A tape has no loops.
                        bool loops = program.Types.Any(t => t.Shape.Count64 >= CompileOptions.Default.LeastLooped);
                        _program = compiled = CompiledProgram<double>.Of(program, new CompileOptions { Mode = loops ? CompileMode.Code : mode });
                        _stays = compiled.IsMostlyInterpreted;
                    }
                }
            }

            return compiled;
        }

        private Tensor[] Run(CompiledProgram<double> compiled, IReadOnlyList<Array> inputs)
        {
            if (!_runs.TryTake(out var run) || run.Program != compiled)
            {
                run = compiled.Start();
            }

            var results = run.Call(inputs);
            _runs.Add(run);
            return results;
        }
    }

    private sealed class End(bool before) : IDisposable
    {
        public void Dispose() => _interpreting.Value = before;
    }
}
