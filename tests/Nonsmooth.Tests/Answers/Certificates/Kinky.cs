using Nonsmooth.Tests.Arithmetic;

namespace Nonsmooth.Tests.Answers.Certificates;

/// <summary>An expression with kinks that knows its own derivatives over the rationals, apart from the library.</summary>
/// <remarks>Smooth functions are used where their argument is 0 only: there value and slope are rational.</remarks>
internal abstract record Kinky
{
    /// <summary>Emits the expression, each node in a scope of its number.</summary>
    public abstract Variable Emit(Emission at);

    /// <summary>The value, and the one-sided derivative along a direction.</summary>
    public abstract (Rational Value, Rational Slope) Along(Walk walk);

    /// <summary>Backprop with the given slopes at ties.</summary>
    public abstract void Back(Rational cotangent, Walk walk);
}

/// <summary>Where expressions are emitted: equal ones once.</summary>
internal sealed class Emission(Variable[] inputs)
{
    private readonly Dictionary<Kinky, Variable> _made = [];

    public Dictionary<Kinky, int> Numbers { get; } = [];

    public Variable Input(int i) => inputs[i];

    public Variable Of(Kinky expression, Func<Variable> make)
    {
        if (!_made.TryGetValue(expression, out var made))
        {
            Numbers[expression] = Numbers.Count;
            using (inputs[0].Builder.Scope($"k{Numbers.Count - 1}"))
            {
                _made[expression] = made = make();
            }
        }

        return made;
    }
}

/// <summary>A point, a direction, slopes at ties by number, and what a walk over an expression leaves.</summary>
internal sealed class Walk(Rational[] point, Rational[] direction)
{
    private readonly Dictionary<Kinky, (Rational Value, Rational Slope)> _seen = [];

    public Dictionary<int, Rational> Chosen { get; init; } = [];

    public Dictionary<Kinky, int> Numbers { get; init; } = [];

    /// <summary>Which side of its kinks each kinked expression is on: 0 on one.</summary>
    public List<int> Sides { get; } = [];

    public Rational[] Gradient { get; } = new Rational[point.Length];

    public (Rational Value, Rational Slope) Input(int i) => (point[i], direction[i]);

    public (Rational Value, Rational Slope) Of(Kinky expression)
    {
        if (!_seen.TryGetValue(expression, out var known))
        {
            _seen[expression] = known = expression.Along(this);
        }

        return known;
    }

    public Rational Tie(Kinky expression, Rational middle) =>
        Numbers.TryGetValue(expression, out int number) && Chosen.TryGetValue(number, out var slope) ? slope : middle;
}

internal sealed record Coordinate(int Index) : Kinky
{
    public override Variable Emit(Emission at) => at.Input(Index);

    public override (Rational Value, Rational Slope) Along(Walk walk) => walk.Input(Index);

    public override void Back(Rational cotangent, Walk walk) => walk.Gradient[Index] += cotangent;
}

/// <summary>a·f + b·g + c.</summary>
internal sealed record Affine(double A, Kinky F, double B, Kinky G, double C) : Kinky
{
    public override Variable Emit(Emission at) =>
        at.Of(this, () => Scale(F.Emit(at), A) + Scale(G.Emit(at), B) + C);

    public override (Rational Value, Rational Slope) Along(Walk walk)
    {
        var (f, g) = (walk.Of(F), walk.Of(G));
        return ((f.Value * A) + (g.Value * B) + C, (f.Slope * A) + (g.Slope * B));
    }

    public override void Back(Rational cotangent, Walk walk)
    {
        F.Back(cotangent * A, walk);
        G.Back(cotangent * B, walk);
    }
}

/// <summary>A function of one variable that is linear on both sides of 0.</summary>
internal sealed record Bent(string Name, double Left, double Right, Kinky F) : Kinky
{
    public override Variable Emit(Emission at) => at.Of(this, () => Name switch
    {
        "relu" => Relu(F.Emit(at)),
        "abs" => Abs(F.Emit(at)),
        _ => LeakyRelu(F.Emit(at), Left),
    });

    public override (Rational Value, Rational Slope) Along(Walk walk)
    {
        var (value, slope) = walk.Of(F);
        walk.Sides.Add(value.Sign);
        return (value * Of(value.Sign), slope * Of(value.Sign != 0 ? value.Sign : slope.Sign));
    }

    public override void Back(Rational cotangent, Walk walk)
    {
        int side = walk.Of(F).Value.Sign;
        F.Back(cotangent * (side == 0 ? walk.Tie(this, ((Rational)Left + Right) / 2) : Of(side)), walk);
    }

    private Rational Of(int side) => side < 0 ? Left : side > 0 ? Right : 0;
}

internal sealed record Extreme(bool Largest, Kinky F, Kinky G) : Kinky
{
    public override Variable Emit(Emission at) =>
        at.Of(this, () => Largest ? Maximum(F.Emit(at), G.Emit(at)) : Minimum(F.Emit(at), G.Emit(at)));

    public override (Rational Value, Rational Slope) Along(Walk walk)
    {
        var (f, g) = (walk.Of(F), walk.Of(G));
        int side = (f.Value - g.Value).Sign;
        walk.Sides.Add(side);
        side = (side != 0 ? side : (f.Slope - g.Slope).Sign) * (Largest ? 1 : -1);
        return side >= 0 ? f : g;
    }

    public override void Back(Rational cotangent, Walk walk)
    {
        int side = (walk.Of(F).Value - walk.Of(G).Value).Sign * (Largest ? 1 : -1);
        Rational first = side == 0 ? walk.Tie(this, (Rational)1 / 2) : side > 0 ? 1 : 0;
        F.Back(cotangent * first, walk);
        G.Back(cotangent * (1 - first), walk);
    }
}

/// <summary>A smooth function of an argument that is 0: sine, tanh and eˣ − 1 have value 0 and slope 1, the square 0 and 0.</summary>
internal sealed record Smooth(string Name, Kinky F) : Kinky
{
    public override Variable Emit(Emission at) => at.Of(this, () => Name switch
    {
        "sin" => Sin(F.Emit(at)),
        "tanh" => Tanh(F.Emit(at)),
        "expm1" => ExpM1(F.Emit(at)),
        _ => Square(F.Emit(at)),
    });

    public override (Rational Value, Rational Slope) Along(Walk walk)
    {
        var (value, slope) = walk.Of(F);
        return value.Sign != 0 ? throw new InvalidOperationException("only at 0") : (0, Name == "square" ? 0 : slope);
    }

    public override void Back(Rational cotangent, Walk walk) => F.Back(Name == "square" ? 0 : cotangent, walk);
}
