using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>A value of a program under construction: what an ordinary C# function is traced over.</summary>
public sealed class Variable
{
    internal Variable(ProgramBuilder builder, int id, TensorType type, int maker)
    {
        Builder = builder;
        Id = id;
        Type = type;
        Maker = maker;
    }

    /// <summary>The builder that the variable belongs to.</summary>
    public ProgramBuilder Builder { get; }

    /// <summary>The number of the value in the program.</summary>
    public int Id { get; }

    /// <summary>The type of the value.</summary>
    public TensorType Type { get; }

    /// <summary>The shape of the value.</summary>
    public Shape Shape => Type.Shape;

    /// <summary>The name that a listing would give it.</summary>
    public string Name => Builder.NameOf(Id);

    /// <summary>The number of the node that makes it; −1 for an input.</summary>
    internal int Maker { get; }

    /// <summary>The name and the type.</summary>
    public override string ToString() => $"{Name}: {Type}";
}
