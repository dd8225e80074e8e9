using System.Numerics;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>Nodes gathered into one loop: each does the same to each element of tensors of one size.</summary>
internal sealed class LoopGroup<T>(Recorder<T> recorder, Program program, Place[] places, int least)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Shape _one = new(1);

    private readonly int[] _last = LastReaders(program);
    private readonly List<(int Value, int Step)> _members = [];
    private readonly Dictionary<int, int> _steps = [];
    private Tape _body = new();
    private string _name = "";
    private int _count;

    /// <summary>Adds a node to the loop, or to a new one; false where it is of another kind, or of few elements.</summary>
    public bool Take(Node node, Place[] arguments)
    {
        if (arguments.Length == 0 || arguments[0].Elements < least || node.Results.Length != 1 || !TensorRows.IsElementwise(node.Function)
            || Array.Exists(arguments, a => a.Type.Kind == ElementKind.Index || a.Symbols is Tensor<bool> || a.Elements != arguments[0].Elements))
        {
            CloseBefore(node);
            return false;
        }

        if (_members.Count == ProgramWork.MostLooped || (_members.Count > 0 && _count != arguments[0].Elements))
        {
            Close(node.Index);
        }

        if (_members.Count == 0)
        {
            (_name, _count) = (node.Name, arguments[0].Elements);
        }

        var symbols = new Tensor[arguments.Length];
        for (int i = 0; i < symbols.Length; i++)
        {
            symbols[i] = new Tensor<Taped>(_one, [new Taped(Read(node.Arguments[i], arguments[i]))]);
        }

        var result = Taped.On(_body, () => TapedMasks.Of(node.Function) is { } rule
            ? rule(_body, node.Function, symbols, arguments[^1].Type.Kind)!
            : node.Function.Evaluate<Taped>(symbols));
        int step = ((Tensor<Taped>)result[0])[0].Step;
        _members.Add((node.Results[0], step));
        _steps[node.Results[0]] = step;
        return true;
    }

    /// <summary>Runs the loop before a node that reads what it makes.</summary>
    public void CloseBefore(Node node)
    {
        foreach (int argument in node.Arguments)
        {
            if (_steps.ContainsKey(argument))
            {
                Close(node.Index);
                return;
            }
        }
    }

    /// <summary>Runs the loop: what is read from a node on is kept.</summary>
    public void Close(int node)
    {
        if (_members.Count == 0)
        {
            return;
        }

        foreach (var (value, step) in _members)
        {
            if (_last[value] >= node)
            {
                _body.Store(step, recorder.Given(places[value]).Address);
            }
        }

        recorder.Add(new LoopKernel<T>(_name, _body, recorder.Length, _count));
        _members.Clear();
        _steps.Clear();
        _body = new();
    }

    private int Read(int value, Place place)
    {
        if (_steps.TryGetValue(value, out int step))
        {
            return step;
        }

        if (place.Symbols is Tensor<Taped> symbols && recorder.Tape[symbols[0].Step] is { Code: TapeCode.Constant } constant
            && Array.TrueForAll(symbols.Elements, e => e.Step == symbols[0].Step))
        {
            return _body.Constant(constant.Number);
        }

        var code = place.Type.Kind == ElementKind.Boolean ? TapeCode.LoadMask : TapeCode.Load;
        return _body.Write(new(code, recorder.Written(place).Address));
    }

    private static int[] LastReaders(Program program)
    {
        int[] last = new int[program.Types.Count];
        foreach (var node in program.Nodes)
        {
            foreach (int argument in node.Arguments)
            {
                last[argument] = node.Index;
            }
        }

        foreach (var output in program.Outputs)
        {
            last[output.Value] = int.MaxValue;
        }

        return last;
    }
}
