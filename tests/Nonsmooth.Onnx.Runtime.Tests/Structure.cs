using Nonsmooth.Programs;

namespace Nonsmooth.Onnx.Runtime.Tests;

/// <summary>Whether two programs are one: the same inputs by name, the same functions with the same attributes on the same arguments.</summary>
internal sealed class Structure
{
    private readonly Program _left;
    private readonly Program _right;
    private readonly Dictionary<int, (Node Node, int Result)> _leftMakers;
    private readonly Dictionary<int, (Node Node, int Result)> _rightMakers;
    private readonly Dictionary<int, int> _matched = [];

    private Structure(Program left, Program right)
    {
        (_left, _right) = (left.Prune(), right.Prune());
        (_leftMakers, _rightMakers) = (Makers(_left), Makers(_right));
    }

    /// <summary>The first difference; null where there is none.</summary>
    public static string? Difference(Program left, Program right) => new Structure(left, right).First();

    private static Dictionary<int, (Node Node, int Result)> Makers(Program program) =>
        program.Nodes.SelectMany(n => n.Results.ToArray().Select((r, i) => (Value: r, Node: n, Result: i))).ToDictionary(p => p.Value, p => (p.Node, p.Result));

    private string? First()
    {
        foreach (var output in _left.Outputs)
        {
            if (_right.Outputs.FirstOrDefault(o => o.Name == output.Name) is not { } other)
            {
                return $"output {output.Name} is missing";
            }

            if (Values(output.Value, other.Value) is { } difference)
            {
                return difference;
            }
        }

        return _left.Nodes.Count == _right.Nodes.Count ? null : $"{_left.Nodes.Count} nodes, then {_right.Nodes.Count}";
    }

    private string? Values(int left, int right)
    {
        var stack = new Stack<(int, int)>([(left, right)]);
        while (stack.TryPop(out var pair))
        {
            (left, right) = pair;
            if (_matched.TryGetValue(left, out int before))
            {
                if (before != right)
                {
                    return $"{_left.NameOf(left)} is two values, {_right.NameOf(before)} and {_right.NameOf(right)}";
                }

                continue;
            }

            _matched.Add(left, right);
            var (isMade, isMadeToo) = (_leftMakers.TryGetValue(left, out var a), _rightMakers.TryGetValue(right, out var b));
            if (!isMade || !isMadeToo)
            {
                if (isMade || isMadeToo || _left.NameOf(left) != _right.NameOf(right) || !_left.Types[left].Equals(_right.Types[right]))
                {
                    return $"{Text(isMade, a.Node, _left, left)} became {Text(isMadeToo, b.Node, _right, right)}";
                }

                continue;
            }

            if (!a.Node.Function.Equals(b.Node.Function) || a.Result != b.Result || a.Node.Arguments.Length != b.Node.Arguments.Length)
            {
                return $"{Text(true, a.Node, _left, left)} became {Text(true, b.Node, _right, right)}";
            }

            for (int i = 0; i < a.Node.Arguments.Length; i++)
            {
                stack.Push((a.Node.Arguments[i], b.Node.Arguments[i]));
            }
        }

        return null;
    }

    private static string Text(bool isMade, Node node, Program program, int value) => isMade ? $"{node.Function.Name}[{node.Function.Attributes}]" : $"input {program.NameOf(value)} {program.Types[value]}";
}
