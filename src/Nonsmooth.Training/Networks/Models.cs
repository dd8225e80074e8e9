using Nonsmooth.Data;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Training.Networks;

/// <summary>The models by name. To add one to the library: write its file and a row here; from outside, <see cref="Register(Model)"/>.</summary>
public static class Models
{
    private static readonly Registry<ModelRow> _rows = new(
        "network",
        row => row.Name,
        [
            Lenet5.Row,
            Mlp.Row,
            .. Vgg.Rows,
            .. Resnet.Rows,
            SmallResnet.Row,
            .. Densenet121.Rows,
            .. Vit.Rows,
            .. Gpt.Rows,
        ]);

    /// <summary>Every model, in the order to show them.</summary>
    public static IReadOnlyList<ModelRow> All => _rows.All;

    /// <summary>Adds a model by its name.</summary>
    /// <exception cref="NonsmoothException">The name is empty or taken, or something is not set.</exception>
    public static void Register(Model model)
    {
        Register(ModelRow.Of(model));
        RegisterData(model);
    }

    /// <summary>Adds models that take their input's shape or their classes from the data.</summary>
    /// <exception cref="NonsmoothException">The name is empty or taken.</exception>
    public static void Register(ModelRow row) => _rows.Register(row);

    /// <summary>The model of a name.</summary>
    /// <param name="name">As users write it, lower case; or <c>ASSEMBLY.dll:TYPE</c>.</param>
    /// <param name="input">The shape of an example; the model's usual one if not given.</param>
    /// <param name="classes">The number of classes, likewise; the size of the vocabulary of a model of tokens.</param>
    /// <param name="tokens">The length of a sequence, likewise.</param>
    /// <exception cref="NonsmoothException">There is no such model, its name is malformed, or it cannot take the input.</exception>
    public static Model Find(string name, ImageShape? input = null, int? classes = null, int? tokens = null) =>
        Find(name, new NetworkSettings(input, classes, tokens));

    /// <summary>The model of a name or a file, with everything that may be asked of it.</summary>
    /// <exception cref="NonsmoothException">There is no such model, its name is malformed, or it cannot take what is asked.</exception>
    public static Model Find(string name, NetworkSettings settings)
    {
        if (ModelFormat.Of(name) is null)
        {
            AdapterRequest.Refuse(settings.File?.Adapter, name);
        }

        return Row(name).Create(name, settings);
    }

    /// <summary>The model of a name for examples of a data set.</summary>
    /// <param name="name">As users write it, lower case; or <c>ASSEMBLY.dll:TYPE</c>.</param>
    /// <param name="examples">What the data give.</param>
    /// <param name="file">Of a model from a file: what becomes of its head and which weights stay.</param>
    /// <exception cref="NonsmoothException">There is no such model, its name is malformed, or it cannot take the examples.</exception>
    public static Model For(string name, FieldList examples, FileSettings? file = null)
    {
        var row = Row(name);
        if (file is not null && ModelFormat.Of(name) is null)
        {
            AdapterRequest.Refuse(file.Adapter, name);
            throw new NonsmoothException($"replace-head, freeze, input and image-order are for models from files, '{name}' is none: leave them out");
        }

        return Fitting(row, name, examples, file) is var (model, why) && why is null
            ? model!
            : throw new NonsmoothException(why!.Message + Alternatives(row, name), why);
    }

    // The data sets whose examples it takes, of those that are known without loading.
    private static string Alternatives(ModelRow row, string name)
    {
        if (ModelFormat.Of(name) is not null)
        {
            return "";
        }

        string[] fitting = [.. Datasets.All.Where(data => data.Fields is { } fields && Fitting(row, name, fields, null).Why is null).Select(data => data.Name).Take(3)];
        return fitting.Length == 0 ? "" : $"; data that fit: {string.Join(", ", fitting)}";
    }

    private static (Model? Model, NonsmoothException? Why) Fitting(ModelRow row, string name, FieldList examples, FileSettings? file)
    {
        try
        {
            return (Made(row, name, examples, file), null);
        }
        catch (NonsmoothException e)
        {
            return (null, e);
        }
    }

    private static Model Made(ModelRow row, string name, FieldList examples, FileSettings? file)
    {
        var model = ModelFormat.Of(name) is not null ? row.Create(name, new NetworkSettings(examples.Image, examples.Classes, examples.Tokens) { File = file, Target = examples.Targets.FirstOrDefault(), Data = [.. examples.Data] })
            : row.IsFixed || examples.Classes is null || (examples.Tokens ?? (object?)examples.Image) is null
            ? row.Create(name, new NetworkSettings())
            : row.Create(name, new NetworkSettings(examples.Tokens is null ? examples.Image : null, examples.Classes, examples.Tokens));
        return examples.Refusal(model.Examples) is { } why
            ? throw new NonsmoothException($"network '{model.Name}' cannot take the data: {why}")
            : model;
    }

    /// <summary>Registers the data set that a model brings, once.</summary>
    internal static void RegisterData(Model model)
    {
        if (model.Data is { } data && !ReferenceEquals(Datasets.TryFind(data.Name), data))
        {
            Datasets.Register(data);
        }
    }

    private static ModelRow Row(string name)
    {
        if (ModelAssembly.TryParse(name) is { } place)
        {
            return ModelRow.Of(ModelAssembly.Load(place.File).Model(place.Type));
        }

        if (ModelFormat.Of(name) is { } format)
        {
            return FileModel.Row(format);
        }

        // The part before a colon says which network is meant.
        string Stem(string text) => text.Split(':')[0];
        return All.FirstOrDefault(row => row.Matches(name))
            ?? throw _rows.Unknown(name, name.Contains(':', StringComparison.Ordinal) && Nearest.To(Stem(name), All.Select(row => Stem(row.Name))) is { } near ? All.First(row => Stem(row.Name) == near).Name : null);
    }
}
