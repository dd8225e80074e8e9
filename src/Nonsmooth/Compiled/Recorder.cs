using System.Numerics;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>Writes a program down as a tape: each node by evaluating its function on <see cref="Taped"/> numbers.</summary>
/// <typeparam name="T">The reals.</typeparam>
internal sealed class Recorder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Program _program;
    private readonly CompileOptions _options;
    private readonly Place[] _places;
    private readonly HashSet<ElementaryFunction> _untaped = [];
    private readonly List<Kernel<T>> _kernels = [];
    private readonly LoopGroup<T>? _loops;

    private Recorder(Program program, CompileOptions options)
    {
        (_program, _options) = (program, options);
        _places = [.. program.Types.Select(t => new Place(t))];
        _loops = options.Kernels && options.IsCode ? new(this, program, _places, options.LeastLooped) : null;
    }

    public Tape Tape { get; private set; } = new();

    public IReadOnlyList<Kernel<T>> Kernels => _kernels;

    /// <summary>Numbers that are there before the program runs, with their addresses.</summary>
    public List<(int Address, T Value)> Constants { get; } = [];

    /// <summary>How many numbers the memory holds so far.</summary>
    public int Length { get; private set; }

    /// <summary>The shapes of the tensors of indices that a run has.</summary>
    public List<Shape> Indices { get; } = [];

    /// <summary>How many kernels keep something of their own in a run's workspace.</summary>
    public int Bound { get; private set; }

    /// <summary>How many operations the nodes make that the interpreter runs.</summary>
    public long InterpretedOperations { get; private set; }

    public Place[] Inputs { get; private set; } = [];

    public Place[] Outputs { get; private set; } = [];

    /// <summary>Writes down a program without composites.</summary>
    public static Recorder<T> Of(Program program, CompileOptions options)
    {
        var recorder = new Recorder<T>(program, options);
        Taped.On(recorder.Tape, () =>
        {
            recorder.Record();
            return 0;
        });
        recorder.Tape = recorder.Tape.Paired();
        return recorder;
    }

    private void Record()
    {
        Inputs = [.. _program.Inputs.Select(i => Given(_places[i.Value]))];
        foreach (var node in _program.Nodes)
        {
            try
            {
                Record(node);
            }
            catch (NonsmoothException e)
            {
                throw e.In(node.Name);
            }
        }

        _loops?.Close(int.MaxValue);

        Outputs = [.. _program.Outputs.Select(o => Written(_places[o.Value]))];
    }

    private void Record(Node node)
    {
        var arguments = new Place[node.Arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _places[node.Arguments[i]];
        }

        if ((_loops?.Take(node, arguments) ?? false) || Whole(node, arguments))
        {
            return;
        }

        if (Symbols(node, arguments) is { } symbols)
        {
            for (int r = 0; r < symbols.Count; r++)
            {
                _places[node.Results[r]].Symbols = symbols[r];
            }

            return;
        }

        foreach (var argument in arguments)
        {
            _ = Written(argument);
        }

        var results = new Place[node.Results.Length];
        for (int r = 0; r < results.Length; r++)
        {
            results[r] = Given(_places[node.Results[r]]);
        }

        if (IndexMoves.Of(node.Function, arguments, results) is { } moves)
        {
            Add(new IndexMoveKernel<T>(node.Name, moves));
            return;
        }

        if (node.Function is IBindable)
        {
            Add(typeof(T) == typeof(double)
                ? new BoundKernel<T, Float64>(node.Name, node.Function, arguments, results, Bound++)
                : new BoundKernel<T, Float32>(node.Name, node.Function, arguments, results, Bound++));
            return;
        }

        InterpretedOperations += node.Function.Count(_program.ArgumentTypes(node)).Total;
        Add(typeof(T) == typeof(double)
            ? new InterpretedKernel<T, Float64>(node.Name, node.Function, arguments, results)
            : new InterpretedKernel<T, Float32>(node.Name, node.Function, arguments, results));
    }

    /// <summary>A kernel that runs at this point of the tape.</summary>
    internal void Add(Kernel<T> kernel)
    {
        _kernels.Add(kernel);
        Tape.Kernel(_kernels.Count - 1);
    }

    // A kernel of the function's own, or of what only moves elements; false where it has none, or is small enough to write out.
    private bool Whole(Node node, Place[] arguments)
    {
        var to = _places[node.Results[0]];
        if (!_options.Kernels || node.Results.Length != 1 || to.Type.Kind == ElementKind.Index || Array.Exists(arguments, a => a.Type.Kind == ElementKind.Index))
        {
            return false;
        }

        if (!TensorRows.Has(node.Function, arguments))
        {
            return to.Elements >= _options.LeastLooped && Moved(node, arguments, to);
        }

        if (node.Function.Count(_program.ArgumentTypes(node)).Total < 4 * _options.LeastLooped)
        {
            return false;
        }

        foreach (var argument in arguments)
        {
            _ = Written(argument);
        }

        Add(TensorRows.Of<T>(node.Name, node.Function, arguments, Given(to), Scratch));
        return true;
    }

    private bool Moved(Node node, Place[] arguments, Place to)
    {
        if (arguments.Length == 0 || Array.Exists(arguments, a => a.Symbols is Tensor<bool>) || node.Function.Count(_program.ArgumentTypes(node)).Total > 0
            || Moves.Of(node.Function, arguments) is not { } moves)
        {
            return false;
        }

        foreach (var argument in arguments)
        {
            _ = Written(argument);
        }

        if (moves.Count == 1 && moves[0].Length == to.Elements)
        {
            to.Address = Moves.Address(arguments, moves[0].From);
            return true;
        }

        _ = Given(to);
        foreach (var (element, value) in moves.Constants)
        {
            Constants.Add((to.Address + element, T.CreateTruncating(value)));
        }

        Add(new GatherKernel<T>(node.Name, [.. moves.Select(m => (Moves.Address(arguments, m.From), to.Address + m.To, m.Length))]));
        return true;
    }

    private int Scratch(int length)
    {
        Length += length;
        return Length - length;
    }

    // The results number by number; null where they cannot be, or are too many.
    private IReadOnlyList<Tensor>? Symbols(Node node, Place[] arguments)
    {
        if (Array.Exists(arguments, a => a.IsObject) || !IsSmall(node, arguments) || _untaped.Contains(node.Function))
        {
            return null;
        }

        var symbols = Array.ConvertAll(arguments, Loaded);
        if (TapedMasks.Of(node.Function) is { } masks)
        {
            return masks(Tape, node.Function, symbols, arguments[^1].Type.Kind);
        }

        // Only what moves elements takes a mask that is not known for a tensor of numbers.
        if (!TapedMasks.Moves(node.Function) && Array.Exists(arguments, a => a.Type.Kind == ElementKind.Boolean && a.Symbols is not Tensor<bool>))
        {
            return null;
        }

        try
        {
            return node.Function.Evaluate<Taped>(symbols);
        }
        catch (NotTapedException)
        {
            _untaped.Add(node.Function);
            return null;
        }
    }

    private bool IsSmall(Node node, Place[] arguments)
    {
        long most = 1;
        foreach (var argument in arguments)
        {
            most = Math.Max(most, argument.Type.Shape.Count64);
        }

        foreach (int result in node.Results)
        {
            most = Math.Max(most, _program.Types[result].Shape.Count64);
        }

        return most == 1 || (most <= _options.MostUnrolled
            && node.Function.Count(_program.ArgumentTypes(node)).Total <= _options.MostUnrolled);
    }

    private Tensor Loaded(Place place)
    {
        var code = place.Type.Kind == ElementKind.Boolean ? TapeCode.LoadMask : TapeCode.Load;
        return place.Symbols ??= Tensor.Generate(place.Type.Shape, i => new Taped(Tape.Write(new(code, place.Address + i))));
    }

    internal Place Given(Place place)
    {
        if (place.Type.Kind == ElementKind.Index)
        {
            place.Object = Indices.Count;
            Indices.Add(place.Type.Shape);
        }
        else
        {
            place.Address = Length;
            Length += place.Elements;
        }

        return place;
    }

    internal Place Written(Place place)
    {
        if (place.Symbols is Tensor<Taped> symbols && place.Address < 0)
        {
            _ = Given(place);
            for (int i = 0; i < symbols.Elements.Length; i++)
            {
                if (Tape[symbols[i].Step] is { Code: TapeCode.Constant } constant)
                {
                    Constants.Add((place.Address + i, T.CreateTruncating(constant.Number)));
                }
                else
                {
                    Tape.Store(symbols[i].Step, place.Address + i);
                }
            }
        }

        return place;
    }
}
