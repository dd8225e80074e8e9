using Nonsmooth.Onnx.Files;

namespace Nonsmooth.Onnx.Import;

/// <content>Attributes; in a function, those of its caller.</content>
internal sealed partial class NodeContext
{
    /// <summary>Whether an attribute is given.</summary>
    public bool HasAttribute(string name) => Attribute(name) is not null;

    /// <summary>An integer.</summary>
    public long Attribute(string name, long otherwise) => Attribute(name) switch
    {
        null => otherwise,
        { Kind: OnnxAttributeKind.Integer } a => a.Integer,
        { Kind: OnnxAttributeKind.Float } a => (long)a.Float,
        var a => throw Wrong(a, "an integer"),
    };

    /// <summary>A small integer, as an axis.</summary>
    public int Small(string name, int otherwise) => Attribute(name, otherwise) switch
    {
        var value and >= int.MinValue and <= int.MaxValue => (int)value,
        var value => throw new OnnxException($"its attribute '{name}' is {value}: it has to fit in 32 bits"),
    };

    /// <summary>A truth value.</summary>
    public bool Flag(string name, bool otherwise = false) => Attribute(name, otherwise ? 1 : 0) != 0;

    /// <summary>A float.</summary>
    public double Attribute(string name, double otherwise) => Attribute(name) switch
    {
        null => otherwise,
        { Kind: OnnxAttributeKind.Float } a => Decimal(a.Float),
        { Kind: OnnxAttributeKind.Integer } a => a.Integer,
        var a => throw Wrong(a, "a float"),
    };

    /// <summary>A text.</summary>
    public string Text(string name, string otherwise) => Attribute(name) switch
    {
        null => otherwise,
        { Kind: OnnxAttributeKind.Text } a => a.Text,
        var a => throw Wrong(a, "a text"),
    };

    /// <summary>Integers; null where they are not given.</summary>
    public long[]? Many(string name) => Attribute(name) switch
    {
        null => null,
        { Kind: OnnxAttributeKind.Integers } a => [.. a.Integers],
        { Kind: OnnxAttributeKind.Integer } a => [a.Integer],
        var a => throw Wrong(a, "integers"),
    };

    /// <summary>Floats; null where they are not given.</summary>
    public double[]? Floats(string name) => Attribute(name) switch
    {
        null => null,
        { Kind: OnnxAttributeKind.Floats } a => [.. a.Floats.Select(Decimal)],
        var a => throw Wrong(a, "floats"),
    };

    /// <summary>Texts; null where they are not given.</summary>
    public string[]? Texts(string name) => Attribute(name) switch
    {
        null => null,
        { Kind: OnnxAttributeKind.Texts } a => [.. a.Texts.Select(t => System.Text.Encoding.UTF8.GetString(t.Span))],
        var a => throw Wrong(a, "texts"),
    };

    /// <summary>A graph.</summary>
    public OnnxGraph Graph(string name) => Attribute(name)?.Graph ?? throw new OnnxException($"it has no graph '{name}': the file is damaged");

    /// <summary>An attribute as it stands; null where it is not given.</summary>
    public OnnxAttribute? Attribute(string name)
    {
        var attribute = node.Attributes.LastOrDefault(a => a.Name == name);
        return attribute is not { Reference.Length: > 0 } ? attribute : scope.Attributes.GetValueOrDefault(attribute.Reference);
    }

    // 0.1 is stored as the 32-bit float next to it; programs are over the reals, where 0.1 was meant.
    private static double Decimal(float value) => float.IsFinite(value) ? double.Parse(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture) : value;

    private static OnnxException Wrong(OnnxAttribute attribute, string what) =>
        new($"its attribute '{attribute.Name}' is {attribute.Kind.ToString().ToLowerInvariant()} where {what} is needed: the file is damaged");
}
