using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Recurrent layers, unrolled over their steps: layers on one another, in one direction or both.</summary>
internal static class RecurrentRows
{
    private const string _rest = "hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first";

    public static IEnumerable<AtenOperator> Rows =>
    [
        new("lstm.input", $"input, {_rest}", call => Layers(call, 2, Lstm)),
        new("gru.input", $"input, {_rest}", call => Layers(call, 1, Gru)),
        new("rnn_tanh.input", $"input, {_rest}", call => Layers(call, 1, (x, h, states) => [F.Tanh(x + h)])),
        new("rnn_relu.input", $"input, {_rest}", call => Layers(call, 1, (x, h, states) => [F.Relu(x + h)])),
    ];

    // One step: what the input and the state make of the weights, and the states before; the states afterwards, the first of which is put out.
    private delegate Variable[] Step(Variable fromInput, Variable fromState, Variable[] states);

    private static IReadOnlyList<Variable?> Layers(AtenCall call, int states, Step step)
    {
        double rate = call.Flag("train") && call.Integer("num_layers") > 1 ? call.Number("dropout") : 0;
        if (rate > 0 && call.Drop is null)
        {
            throw call.Lacks("no dropout between layers");
        }

        // A step's first axis is the batch; a sequence alone is a batch of one.
        var x = call.Real("input");
        bool isAlone = x.Shape.Rank == 2;
        x = isAlone ? StructureRows.Unsqueeze(x, 1) : call.Flag("batch_first") ? x.Transpose(1, 0, 2) : x;
        Variable[] starts = [.. call.Reals("hx").Select(h => isAlone ? StructureRows.Unsqueeze(h, 1) : h)];
        Variable[] weights = call.Reals("params");
        int directions = call.Flag("bidirectional") ? 2 : 1, each = call.Flag("has_biases") ? 4 : 2;
        if (starts.Length != states || weights.Length != call.Integer("num_layers") * directions * each)
        {
            throw call.Lacks($"{states} states and {call.Integer("num_layers") * directions * each} weights, without projections");
        }

        var last = Enumerable.Range(0, states).Select(_ => new List<Variable>()).ToArray();
        for (int layer = 0; layer < call.Integer("num_layers"); layer++)
        {
            var made = new List<Variable>();
            for (int direction = 0; direction < directions; direction++)
            {
                int at = (layer * directions) + direction;
                var (outputs, ends) = Line(x, [.. starts.Select(h => StructureRows.Select(h, 0, at))], weights[(at * each)..((at + 1) * each)], direction == 1, step);
                made.Add(outputs);
                for (int s = 0; s < states; s++)
                {
                    last[s].Add(ends[s]);
                }
            }

            x = Joining.Along(2, [.. made]);
            x = rate > 0 && layer + 1 < call.Integer("num_layers") ? call.Drop!(x, rate) : x;
        }

        x = isAlone ? x.Reshape(new Shape(x.Shape[0], x.Shape[2])) : call.Flag("batch_first") ? x.Transpose(1, 0, 2) : x;
        return [x, .. last.Select(l => Joining.Stack(0, [.. l])).Select(l => isAlone ? l.Reshape(new Shape(l.Shape[0], l.Shape[2])) : l)];
    }

    private static (Variable Outputs, Variable[] States) Line(Variable x, Variable[] states, Variable[] weights, bool isBackwards, Step step)
    {
        var (input, state) = (weights.Length > 2 ? weights[2] : null, weights.Length > 2 ? weights[3] : null);
        var fromInputs = F.Linear(x, weights[0], input);
        int steps = x.Shape[0];
        var outputs = new Variable[steps];
        for (int i = 0; i < steps; i++)
        {
            int t = isBackwards ? steps - 1 - i : i;
            states = step(StructureRows.Select(fromInputs, 0, t), F.Linear(states[0], weights[1], state), states);
            outputs[t] = states[0];
        }

        return (Joining.Stack(0, outputs), states);
    }

    private static Variable[] Lstm(Variable x, Variable h, Variable[] states)
    {
        var gates = x + h;
        var cell = (F.Sigmoid(Part(gates, 1, 4)) * states[1]) + (F.Sigmoid(Part(gates, 0, 4)) * F.Tanh(Part(gates, 2, 4)));
        return [F.Sigmoid(Part(gates, 3, 4)) * F.Tanh(cell), cell];
    }

    private static Variable[] Gru(Variable x, Variable h, Variable[] states)
    {
        var (reset, update) = (F.Sigmoid(Part(x, 0, 3) + Part(h, 0, 3)), F.Sigmoid(Part(x, 1, 3) + Part(h, 1, 3)));
        var fresh = F.Tanh(Part(x, 2, 3) + (reset * Part(h, 2, 3)));
        return [fresh + (update * (states[0] - fresh))];
    }

    private static Variable Part(Variable gates, int index, int of)
    {
        int size = gates.Shape[^1] / of;
        return gates.Slice(-1, index * size, (index + 1) * size);
    }
}
