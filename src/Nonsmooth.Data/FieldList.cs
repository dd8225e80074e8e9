using System.Collections;
using System.Runtime.CompilerServices;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Data;

/// <summary>What one example is: its fields, those that a model takes before those that only a loss sees.</summary>
[CollectionBuilder(typeof(FieldList), nameof(Of))]
public sealed class FieldList : IReadOnlyList<Field>, IEquatable<FieldList>
{
    /// <summary>The name of the only data of images, features and texts that come with the library.</summary>
    public const string X = "x";

    /// <summary>The name of their only target.</summary>
    public const string Target = "target";

    private readonly Field[] _fields;

    private FieldList(Field[] fields)
    {
        _fields = fields;
        Classes = Targets.ToArray() is [{ Classes: { } classes }] ? classes : null;
        Image = Data.ToArray() is [{ Type: { Kind: ElementKind.Real, Shape: { Rank: 3 } shape } }] ? new ImageShape(shape[0], shape[1], shape[2]) : null;
        Tokens = fields is [{ Type: { Kind: ElementKind.Index, Shape: { Rank: 1 } run } }, { Role: InputRole.Target } next] && next.Type == fields[0].Type ? run[0] : null;
    }

    /// <summary>The fields that a model takes.</summary>
    public IEnumerable<Field> Data => _fields.Where(f => f.Role == InputRole.Data);

    /// <summary>The fields that only a loss sees.</summary>
    public IEnumerable<Field> Targets => _fields.Where(f => f.Role == InputRole.Target);

    /// <inheritdoc/>
    public int Count => _fields.Length;

    /// <summary>The number of classes, where the only target is an index that has one: of a text, its vocabulary.</summary>
    public int? Classes { get; }

    /// <summary>The shape of an image, where the only data are one; of a plain vector of features, n×1×1 or 1×1×n as it is kept.</summary>
    public ImageShape? Image { get; }

    /// <summary>The length of a sequence, where the only data are tokens and the targets one each.</summary>
    public int? Tokens { get; }

    /// <inheritdoc/>
    public Field this[int index] => _fields[index];

    /// <summary>Fields, put in order.</summary>
    /// <exception cref="NonsmoothException">Two share a name, a role is neither data nor target, a kind is boolean, or there are no data.</exception>
    public static FieldList Of(ReadOnlySpan<Field> fields)
    {
        Field[] all = [.. fields.ToArray().OrderBy(f => f.Role == InputRole.Target ? 1 : 0)];
        foreach (var field in all)
        {
            Require(field.Role is InputRole.Data or InputRole.Target, $"field '{field.Name}' has the role {field.Role}: give Data or Target");
            Require(field.Type.Kind != ElementKind.Boolean, $"field '{field.Name}' is of truth values: give real numbers or indices");
            Require(all.Count(f => f.Name == field.Name) == 1, $"two fields are called '{field.Name}': give each a name of its own");
        }

        Require(all.Any(f => f.Role == InputRole.Data), "an example has no field of data: give at least one");
        return new FieldList(all);
    }

    /// <summary>One image, <see cref="X"/>, and its class, <see cref="Target"/>.</summary>
    public static FieldList Images(ImageShape shape, int classes) =>
        [Field.Real(X, new Shape(shape.Channels, shape.Height, shape.Width)), Field.Index(Target, Shape.Scalar, classes, InputRole.Target)];

    /// <summary>A run of tokens, <see cref="X"/>, and the token that follows each, <see cref="Target"/>.</summary>
    public static FieldList Text(int tokens, int vocabulary) =>
        [Field.Index(X, new Shape(tokens), vocabulary), Field.Index(Target, new Shape(tokens), vocabulary, InputRole.Target)];

    /// <summary>Where a field is; −1 where there is none of the name.</summary>
    public int IndexOf(string name) => Array.FindIndex(_fields, f => f.Name == name);

    /// <summary>Why examples of these fields cannot be given to what takes others; null where they can.</summary>
    /// <param name="wanted">Fields that are taken: each must be one of these, alike in kind, shape and, where both say it, classes.</param>
    public string? Refusal(FieldList wanted)
    {
        foreach (var field in wanted)
        {
            if (IndexOf(field.Name) is var at && at < 0)
            {
                return $"there is no field '{field.Name}' ({field.Type}): the fields are {string.Join(", ", (IEnumerable<Field>)_fields)}";
            }

            var own = _fields[at];
            if (own.Type != field.Type)
            {
                return $"field '{field.Name}' is {own.Type}, not {field.Type}";
            }

            if (own.Classes is { } has && field.Classes is { } takes && has > takes)
            {
                return $"field '{field.Name}' has {has} classes, not {takes}";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(FieldList? other) => other is not null && _fields.AsSpan().SequenceEqual(other._fields);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldList);

    /// <inheritdoc/>
    public override int GetHashCode() => _fields.Aggregate(_fields.Length, HashCode.Combine);

    /// <summary>For example <c>3x224x224</c>, <c>1024 tokens</c>, or field by field.</summary>
    public override string ToString() => Tokens is { } tokens ? $"{tokens} tokens"
        : Image is { } shape && Classes is not null ? shape.ToString()
        : string.Join(", ", (IEnumerable<Field>)_fields);

    /// <inheritdoc/>
    public IEnumerator<Field> GetEnumerator() => _fields.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new NonsmoothException(message);
        }
    }
}
