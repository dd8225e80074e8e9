using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>LSTM, GRU and RNN, unrolled over their steps.</summary>
internal static class Recurrent
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Many("LSTM", n => Run(n, 4, ["Sigmoid", "Tanh", "Tanh"])),
        Row.Many("GRU", n => Run(n, 3, ["Sigmoid", "Tanh"])),
        Row.Many("RNN", n => Run(n, 1, ["Tanh"])),
    ];

    /// <summary>The weights of one direction.</summary>
    private sealed record Direction(Variable W, Variable R, Variable? InputBias, Variable? StateBias, Variable? Peepholes, Func<Variable, Variable>[] Functions, bool IsReverse);

    private static IReadOnlyList<ImportValue?> Run(NodeContext n, int gates, string[] activations)
    {
        bool batchFirst = n.Flag("layout");
        var x = batchFirst ? n.Real(0).Transpose(1, 0, 2) : n.Real(0);
        var (steps, batch) = (x.Shape[0], x.Shape[1]);
        int hidden = n.Small("hidden_size", n.Shape(2)[2]);
        string direction = n.Text("direction", "forward");
        int directions = direction == "bidirectional" ? 2 : 1;
        if (n.Shape(1).Rank != 3 || n.Shape(1)[0] != directions || n.Shape(1)[1] != gates * hidden)
        {
            throw new OnnxException($"weights of {n.Shape(1)} are not {directions}×{gates * hidden} for {direction}");
        }

        if (n.HasAttribute("input_forget") && n.Flag("input_forget"))
        {
            throw new Refusal("it couples the input and forget gates (input_forget=1), which is not supported");
        }

        bool isLstm = gates == 4;
        var lengths = n.Has(4) ? n.Any(4) : null;
        var all = new List<Variable>();
        var (lastStates, lastCells) = (new List<Variable>(), new List<Variable>());
        for (int d = 0; d < directions; d++)
        {
            Variable Part(int argument)
            {
                var value = n.Real(argument);
                var axis = batchFirst && argument is 5 or 6 && value.Shape.Rank == 3 && batchFirst ? 1 : 0;
                var part = directions == 1 && value.Shape[axis] == 1 ? value : value.Slice(axis, d, d + 1);
                return part.Reshape(Reducing.Without(part.Shape, [axis]));
            }

            var zeros = n.Builder.Apply(new Fill(new Shape(batch, hidden), 0));
            var state = n.Has(5) ? Part(5) : zeros;
            var cell = isLstm && n.Has(6) ? Part(6) : zeros;
            var bias = n.Has(3) ? Part(3) : null;
            var own = new Direction(
                Part(1), Part(2), bias?.Slice(0, 0, gates * hidden), bias?.Slice(0, gates * hidden, 2 * gates * hidden), isLstm && n.Has(7) ? Part(7) : null,
                [.. Enumerable.Range(d * activations.Length, activations.Length).Select(i => Activation(n, i, activations[i % activations.Length]))],
                direction == "reverse" || d == 1);
            var outputs = new Variable[steps];
            var projected = Functions.Linear(x, own.W, own.InputBias);
            for (int step = 0; step < steps; step++)
            {
                int at = own.IsReverse ? steps - 1 - step : step;
                var input = projected.Slice(0, at, at + 1).Reshape(new Shape(batch, gates * hidden));
                var (next, nextCell) = gates switch
                {
                    4 => Lstm(own, input, state, cell, hidden),
                    3 => (Gru(own, input, state, hidden, n.Flag("linear_before_reset")), cell),
                    _ => (own.Functions[0](input + Functions.Linear(state, own.R, own.StateBias)), cell),
                };
                if (lengths is not null)
                {
                    var isIn = Functions.Greater(lengths, Integers.Number(n.Builder, at)).Reshape(new Shape(batch, 1));
                    outputs[at] = Functions.Where(isIn, next, 0);
                    (state, cell) = (Functions.Where(isIn, next, state), isLstm ? Functions.Where(isIn, nextCell, cell) : cell);
                    continue;
                }

                (state, cell) = (next, nextCell);
                outputs[at] = next;
            }

            all.Add(Functions.Stack(0, outputs));
            lastStates.Add(state);
            lastCells.Add(cell);
        }

        // [steps, directions, batch, hidden], or [batch, steps, directions, hidden].
        var y = Functions.Stack(1, [.. all]);
        int axis = batchFirst ? 1 : 0;
        return
        [
            n.Result(batchFirst ? y.Transpose(2, 0, 1, 3) : y),
            n.Result(Functions.Stack(axis, [.. lastStates])),
            isLstm ? n.Result(Functions.Stack(axis, [.. lastCells])) : null,
        ];
    }

    private static (Variable State, Variable Cell) Lstm(Direction d, Variable input, Variable state, Variable cell, int hidden)
    {
        // Gates in the order i, o, f, c; peepholes i, o, f.
        var all = input + Functions.Linear(state, d.R, d.StateBias);
        Variable Gate(int g) => all.Slice(1, g * hidden, (g + 1) * hidden);
        Variable Peep(int g, Variable c) => d.Peepholes is null ? Gate(g) : Gate(g) + (c * d.Peepholes.Slice(0, g * hidden, (g + 1) * hidden));
        var (i, f) = (d.Functions[0](Peep(0, cell)), d.Functions[0](d.Peepholes is null ? Gate(2) : Gate(2) + (cell * d.Peepholes.Slice(0, 2 * hidden, 3 * hidden))));
        var next = (f * cell) + (i * d.Functions[1](Gate(3)));
        return (d.Functions[0](Peep(1, next)) * d.Functions[2](next), next);
    }

    private static Variable Gru(Direction d, Variable input, Variable state, int hidden, bool linearBeforeReset)
    {
        // Gates in the order z, r, h.
        var (first, last) = (d.R.Slice(0, 0, 2 * hidden), d.R.Slice(0, 2 * hidden, 3 * hidden));
        var (firstBias, lastBias) = (d.StateBias?.Slice(0, 0, 2 * hidden), d.StateBias?.Slice(0, 2 * hidden, 3 * hidden));
        var gates = d.Functions[0](input.Slice(1, 0, 2 * hidden) + Functions.Linear(state, first, firstBias));
        var (z, r) = (gates.Slice(1, 0, hidden), gates.Slice(1, hidden, 2 * hidden));
        var inner = linearBeforeReset ? r * Functions.Linear(state, last, lastBias) : Functions.Linear(r * state, last, lastBias);
        var h = d.Functions[1](input.Slice(1, 2 * hidden, 3 * hidden) + inner);
        return ((1 - z) * h) + (z * state);
    }

    private static Func<Variable, Variable> Activation(NodeContext n, int index, string otherwise)
    {
        string name = n.Texts("activations") is { } names && index < names.Length ? names[index] : otherwise;
        double? alpha = n.Floats("activation_alpha") is { } a && index < a.Length ? a[index] : null;
        double? beta = n.Floats("activation_beta") is { } b && index < b.Length ? b[index] : null;
        Func<Variable, Variable> function = name.ToLowerInvariant() switch
        {
            "sigmoid" => Functions.Sigmoid,
            "tanh" => Functions.Tanh,
            "relu" => Functions.Relu,
            "affine" => x => (x * (alpha ?? 1)) + (beta ?? 0),
            "leakyrelu" => x => Functions.LeakyRelu(x, alpha ?? 0.01),
            "thresholdedrelu" => x => Functions.Threshold(x, alpha ?? 1),
            "scaledtanh" => x => Functions.Tanh(x * (beta ?? 1)) * (alpha ?? 1),
            "hardsigmoid" => x => Composed.HardSigmoid(x, alpha ?? 0.2, beta ?? 0.5),
            "elu" => x => Functions.Elu(x, alpha ?? 1),
            "softsign" => Functions.Softsign,
            "softplus" => Functions.Softplus,
            _ => throw new Refusal($"its activation '{name}' is not known"),
        };
        if (!n.HasAttribute("clip"))
        {
            return function;
        }

        double clip = n.Attribute("clip", 0.0);
        return x => function(Functions.Clamp(x, -clip, clip));
    }
}
