namespace Nonsmooth.Tests.Cost.BruteForce;

/// <summary>A program whose cost is counted in two ways.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Program">One scalar output.</param>
/// <param name="WithRespectTo">The inputs whose gradients are wanted; the others are frozen or inactive.</param>
internal sealed record CountedCase(string Name, Program Program, string[] WithRespectTo)
{
    /// <summary>Every index that is drawn is below this.</summary>
    public const int Classes = 5;

    /// <summary>A case of named inputs and a value whose mean square is the loss.</summary>
    public static CountedCase Of(string name, string wanted, (string Name, TensorType Type)[] inputs, Func<Func<string, Variable>, Variable> value)
    {
        var builder = new ProgramBuilder();
        var variables = inputs.ToDictionary(i => i.Name, i => builder.Input(i.Name, i.Type));
        var y = value(n => variables[n]);
        var loss = y.Shape.Rank == 0 ? y : Square(y).Mean();
        return new CountedCase(name, builder.Build([("loss", loss)]), wanted.Split(' '));
    }

    /// <summary>The counting scalars for a derived program of this one.</summary>
    public Tensor[] Draw(Program derived)
    {
        var random = new Random(11);
        return [.. derived.Inputs.Select(i => Draw(derived.Types[i.Value], random))];
    }

    private static Tensor Draw(TensorType type, Random random) => type.Kind switch
    {
        ElementKind.Real => Tensor.Generate(type.Shape, _ => Counted.Variable(0.1 + random.NextDouble())),
        ElementKind.Index => Tensor.Generate(type.Shape, _ => (long)random.Next(Classes)),
        _ => Tensor.Generate(type.Shape, _ => random.Next(2) == 0),
    };
}
