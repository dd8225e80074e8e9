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

    private Recorder(Program program, CompileOptions options)
    {
        (_program, _options) = (program, options);
        _places = [.. program.Types.Select(t => new Place(t))];
    }

    public Tape Tape { get; } = new();

    public IReadOnlyList<Kernel<T>> Kernels => _kernels;

    /// <summary>How many numbers the memory holds so far.</summary>
    public int Length { get; private set; }

    /// <summary>How many tensors of indices a run has.</summary>
    public int Objects { get; private set; }

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
        return recorder;
    }

    private void Record()
    {
        Inputs = [.. _program.Inputs.Select(i => Given(_places[i.Value]))];
        foreach (var node in _program.Nodes)
        {
            Record(node);
        }

        Outputs = [.. _program.Outputs.Select(o => Written(_places[o.Value]))];
    }

    private void Record(Node node)
    {
        var arguments = new Place[node.Arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _places[node.Arguments[i]];
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

        _kernels.Add(typeof(T) == typeof(double)
            ? new InterpretedKernel<T, Float64>(node.Name, node.Function, arguments, results)
            : new InterpretedKernel<T, Float32>(node.Name, node.Function, arguments, results));
        Tape.Kernel(_kernels.Count - 1);
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

    private Place Given(Place place)
    {
        if (place.Type.Kind == ElementKind.Index)
        {
            place.Object = Objects++;
        }
        else
        {
            place.Address = Length;
            Length += place.Elements;
        }

        return place;
    }

    private Place Written(Place place)
    {
        if (place.Symbols is Tensor<Taped> symbols && place.Address < 0)
        {
            _ = Given(place);
            for (int i = 0; i < symbols.Elements.Length; i++)
            {
                Tape.Store(symbols[i].Step, place.Address + i);
            }
        }

        return place;
    }
}
