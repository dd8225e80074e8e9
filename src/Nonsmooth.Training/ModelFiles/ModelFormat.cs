using Nonsmooth.Data;

namespace Nonsmooth.Training.ModelFiles;

/// <summary>A kind of file or folder that holds a model.</summary>
/// <param name="Name">What users call the kind.</param>
/// <param name="Matches">Whether a path is one, by its looks.</param>
/// <param name="Open">Reads it; what is made of it comes afterwards.</param>
public sealed record ModelFormat(string Name, Func<string, bool> Matches, Func<string, IModelFile> Open)
{
    /// <summary>Whether it is a folder and not a file. Default false.</summary>
    public bool IsFolder { get; init; }

    /// <summary>Whether it is written again with another head. Default false.</summary>
    public bool TakesHead { get; init; }

    /// <summary>Whether it is told what its functions were, as <see cref="Binding.ClipAs"/> and <see cref="Binding.StraightThrough"/> do. Default false.</summary>
    public bool TakesForms { get; init; }

    /// <summary>The kinds there are. To add one: its file, and a row here.</summary>
    public static IReadOnlyList<ModelFormat> All { get; } = [OnnxFormat.Row, Pt2Format.Row, FolderFormat.Row];

    /// <summary>The kind of a path; null where it looks like none, as a network's name does.</summary>
    public static ModelFormat? Of(string path) => All.FirstOrDefault(f => f.Matches(path));
}

/// <summary>A model in a file that has been read: it becomes a program for the shapes it is bound to, as often as wanted.</summary>
public interface IModelFile
{
    /// <summary>The inputs that need data, as far as the file says what they are.</summary>
    IReadOnlyList<FileInput> Inputs { get; }

    /// <summary>The tokens that it takes, where it says so. Default null.</summary>
    /// <exception cref="NonsmoothException">Its tokenizer is damaged or of a kind that is not read.</exception>
    NetworkText? Text => null;

    /// <summary>The value that its last linear layer takes, for a new one in its place; null where it ends with features.</summary>
    string? HeadInput { get; }

    /// <summary>Whether it is another program in training than in evaluation, without an adapter too. Default false.</summary>
    bool IsForTraining => false;

    /// <summary>Makes it a program.</summary>
    /// <exception cref="NonsmoothException">An input has no shape, functions are missing, or other weights do not fit.</exception>
    BoundModel Bind(Binding binding);

    /// <summary>Writes the file again with other weights, and another head if there is one.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="weights">Numbers by the weights' names; those that are not given stay.</param>
    /// <param name="head">A linear layer in the place of the last one, or behind the features; null to leave it as it is.</param>
    /// <exception cref="NonsmoothException">It cannot be written; what was there is kept.</exception>
    void Save(string path, IReadOnlyDictionary<string, float[]> weights, FileHead? head);
}

/// <summary>A linear layer for features.</summary>
/// <param name="Classes">What it makes.</param>
/// <param name="Weight">[classes, features].</param>
/// <param name="Bias">[classes].</param>
public sealed record FileHead(int Classes, float[] Weight, float[] Bias);

/// <summary>An input of a model file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsReal">Whether it is of real numbers, not of whole ones or truth values.</param>
/// <param name="Sizes">The sizes of its axes, null for one that is free; null where not even their number is known.</param>
/// <param name="Symbols">What the file calls each axis; empty where it has no name for it.</param>
public sealed record FileInput(string Name, bool IsReal, IReadOnlyList<int?>? Sizes, IReadOnlyList<string> Symbols)
{
    /// <summary>What axes that are free are taken to be where nothing is asked for, as far as the file says; null for none of them.</summary>
    public IReadOnlyList<int?>? Usual { get; init; }
}
