namespace Nonsmooth.Training.ModelFiles;

/// <summary>A kind of file or folder that holds a model.</summary>
/// <param name="Name">What users call the kind.</param>
/// <param name="Matches">Whether a path is one, by its looks.</param>
/// <param name="Open">Reads it; what is made of it comes afterwards.</param>
public sealed record ModelFormat(string Name, Func<string, bool> Matches, Func<string, IModelFile> Open)
{
    /// <summary>The kinds there are. To add one: its file, and a row here.</summary>
    public static IReadOnlyList<ModelFormat> All { get; } = [OnnxFormat.Row];

    /// <summary>The kind of a path; null where it looks like none, as a network's name does.</summary>
    public static ModelFormat? Of(string path) => All.FirstOrDefault(f => f.Matches(path));
}

/// <summary>A model in a file that has been read: it becomes a program for the shapes it is bound to, as often as wanted.</summary>
public interface IModelFile
{
    /// <summary>The inputs that need data, as far as the file says what they are.</summary>
    IReadOnlyList<FileInput> Inputs { get; }

    /// <summary>Makes it a program.</summary>
    /// <exception cref="NonsmoothException">An input has no shape, functions are missing, or other weights do not fit.</exception>
    BoundModel Bind(Binding binding);
}

/// <summary>An input of a model file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsReal">Whether it is of real numbers, not of whole ones or truth values.</param>
/// <param name="Sizes">The sizes of its axes, null for one that is free; null where not even their number is known.</param>
public sealed record FileInput(string Name, bool IsReal, IReadOnlyList<int?>? Sizes);
