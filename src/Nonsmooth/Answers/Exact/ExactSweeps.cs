using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>An emitted program run so that its sums and products of derivatives are exact.</summary>
/// <remarks>
/// The values of the program that it was emitted from are its doubles, with bounds on their errors; everything made of them
/// (slopes, tangents, cotangents) is a <see cref="Dyadic"/>. So what cancels over the reals is 0, for the
/// rounded numbers of the program, at any scale at which those neither overflow nor underflow. What no free input reaches is computed once.
/// </remarks>
internal sealed class ExactSweeps
{
    private readonly Program _program;
    private readonly Deadline _deadline;
    private readonly bool[] _needed;
    private readonly bool[] _free;
    private readonly Tensor?[] _fixed;

    /// <summary>Runs what depends on no free input.</summary>
    /// <param name="program">The emitted program, not pruned.</param>
    /// <param name="primal">Its variables that are values of the original program.</param>
    /// <param name="inputs">The original program's inputs, which come first.</param>
    /// <param name="deadline">When it is to end.</param>
    public ExactSweeps(Program program, IEnumerable<Variable?> primal, IReadOnlyList<Array> inputs, Deadline? deadline = null)
    {
        _program = program;
        _deadline = deadline ?? Deadline.None;
        _needed = program.NeededNodes();
        _free = new bool[program.Types.Count];
        _fixed = new Tensor?[program.Types.Count];
        var values = new HashSet<int>(primal.OfType<Variable>().Select(v => v.Id));
        for (int i = 0; i < program.Inputs.Count; i++)
        {
            var (name, value) = program.Inputs[i];
            _free[value] = i >= inputs.Count;
            _fixed[value] = _free[value] ? null : Inputs.Read<Bounded>(name, program.Types[value], inputs[i]);
        }

        for (int n = 0; n < program.Nodes.Count; n++)
        {
            var node = program.Nodes[n];
            bool isFree = node.Arguments.Any(a => _free[a]);
            foreach (int result in node.Results)
            {
                _free[result] = isFree;
            }

            if (_needed[n] && !isFree)
            {
                Evaluate(node, _fixed, node.Results.All(values.Contains));
            }
        }
    }

    /// <summary>The real outputs by name.</summary>
    /// <param name="given">The free inputs, in order.</param>
    public Dictionary<string, Dyadic[]> Run(IReadOnlyList<Dyadic[]> given)
    {
        Tensor?[] values = [.. _fixed];
        var free = _program.Inputs.Where(i => _free[i.Value]).ToList();
        for (int i = 0; i < free.Count; i++)
        {
            values[free[i].Value] = new Tensor<Dyadic>(_program.Types[free[i].Value].Shape, [.. given[i]]);
        }

        for (int n = 0; n < _program.Nodes.Count; n++)
        {
            var node = _program.Nodes[n];
            if (_needed[n] && _free[node.Results[0]])
            {
                Evaluate(node, values, primal: false);
            }
        }

        var outputs = new Dictionary<string, Dyadic[]>(StringComparer.Ordinal);
        foreach (var output in _program.Outputs)
        {
            if (_program.Types[output.Value].Kind == ElementKind.Real)
            {
                outputs[output.Name] = ((Tensor<Dyadic>)Exactly(values[output.Value]!)).Elements;
            }
        }

        return outputs;
    }

    private void Evaluate(Node node, Tensor?[] values, bool primal)
    {
        _deadline.Check();
        try
        {
            var results = primal
                ? node.Function.Evaluate<Bounded>([.. node.Arguments.Select(a => values[a]!)])
                : node.Function.Evaluate<Dyadic>([.. node.Arguments.Select(a => Exactly(values[a]!))]);
            for (int r = 0; r < results.Count; r++)
            {
                values[node.Results[r]] = results[r];
            }
        }
        catch (NonsmoothException e)
        {
            throw e.In(node.Name);
        }
    }

    private static Tensor Exactly(Tensor tensor) => tensor is Tensor<Bounded> values
        ? new Tensor<Dyadic>(values.Shape, Array.ConvertAll(values.Elements, Dyadic.Of))
        : tensor;
}
