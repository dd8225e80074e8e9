namespace Nonsmooth.Training.Running;

/// <summary>A kind of file or folder that holds a model.</summary>
/// <param name="Name">What users call the kind.</param>
/// <param name="Matches">Whether a path is one, by its looks.</param>
/// <param name="Bind">Reads it and makes it a program.</param>
public sealed record ModelFormat(string Name, Func<string, bool> Matches, Func<string, Binding, BoundModel> Bind)
{
    /// <summary>The kinds there are. To add one: its file, and a row here.</summary>
    public static IReadOnlyList<ModelFormat> All { get; } = [OnnxFormat.Row];

    /// <summary>The kind of a path; null where it looks like none, as a network's name does.</summary>
    public static ModelFormat? Of(string path) => All.FirstOrDefault(f => f.Matches(path));

    /// <summary>A model of any kind on the shapes of arrays: a file's, or a registered network.</summary>
    /// <param name="model">A path, or a name.</param>
    /// <param name="binding">What it is told.</param>
    /// <exception cref="NonsmoothException">There is none, it is damaged, an input has no shape, or weights do not fit.</exception>
    public static BoundModel BindAny(string model, Binding binding) => Of(model) is { } format ? format.Bind(model, binding) : NetworkBinding.Bind(model, binding);
}
