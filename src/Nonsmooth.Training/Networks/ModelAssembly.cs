using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;

namespace Nonsmooth.Training.Networks;

/// <summary>An assembly of a user, loaded with what lies beside it: its models, and what else it registers.</summary>
public sealed class ModelAssembly
{
    private const string Suffix = ".dll";
    private static readonly ConcurrentDictionary<string, Lazy<ModelAssembly>> _loaded = new(StringComparer.Ordinal);

    private readonly string _file;
    private readonly Assembly _assembly;
    private readonly ConcurrentDictionary<Type, Lazy<Model>> _models = new();

    private ModelAssembly(string file, Assembly assembly) => (_file, _assembly) = (file, assembly);

    /// <summary>The file and the type of a name such as <c>own.dll:MyNetwork</c>; null where it is none.</summary>
    public static (string File, string Type)? TryParse(string name)
    {
        int end = name.IndexOf(Suffix + ":", StringComparison.OrdinalIgnoreCase);
        return end > 0 ? (name[..(end + Suffix.Length)], name[(end + Suffix.Length + 1)..]) : null;
    }

    /// <summary>Loads an assembly, once a process, and lets its extensions register what they add.</summary>
    /// <param name="file">The file; a relative path starts from the process's folder.</param>
    /// <exception cref="NonsmoothException">It is not there, is no .NET assembly, needs one that is not beside it, was built against another version, or an extension fails.</exception>
    public static ModelAssembly Load(string file) =>
        _loaded.GetOrAdd(Path.GetFullPath(file), path => new Lazy<ModelAssembly>(() => Open(path))).Value;

    /// <summary>The assembly of a user in which an exception arose; null where it was in none.</summary>
    public static ModelAssembly? Of(Exception failure)
    {
        var frames = new StackTrace(failure).GetFrames().Select(f => f.GetMethod()?.Module.Assembly);
        return _loaded.Values.Where(a => a.IsValueCreated).Select(a => a.Value).FirstOrDefault(a => frames.Contains(a._assembly));
    }

    /// <summary>The model that a public type gives; its data set, if it brings one, is registered.</summary>
    /// <param name="type">The type's name, with its namespace or without.</param>
    /// <exception cref="NonsmoothException">There is no such type, it is no model, or it cannot be made.</exception>
    public Model Model(string type)
    {
        var found = Types().Where(t => t.FullName == type || t.Name == type).ToList();
        var sources = Types().Where(IsSource).ToList();
        string models = sources.Count > 0 ? $"its models are {string.Join(", ", sources.Select(t => t.Name))}" : "it has no model";
        return found switch
        {
            [] => throw new NonsmoothException($"{Name} has no public type '{type}'{Nearest.Question(type, sources.Select(t => t.Name))}{(Nearest.To(type, sources.Select(t => t.Name)) is null ? ": " : " ")}{models}"),
            [var one] when IsSource(one) => Made(one),
            [var one] => throw new NonsmoothException($"type '{one.Name}' of {Name} is no model: derive it from {nameof(Networks.Model)} or implement {nameof(IModelSource)}, and give it a public constructor without parameters"),
            _ => throw new NonsmoothException($"{Name} has {found.Count} types '{type}': give the namespace too, as {found[0].FullName}"),
        };
    }

    /// <summary>Registers every model by its name, those that are registered already left out.</summary>
    /// <exception cref="NonsmoothException">A name is taken, or a model cannot be made.</exception>
    public void RegisterModels()
    {
        foreach (var type in Types().Where(IsSource).Where(t => !_models.ContainsKey(t)))
        {
            Models.Register(Made(type));
        }
    }

    /// <summary>A failure in a user's code as one line.</summary>
    public NonsmoothException Failed(Exception failure) => failure switch
    {
        NonsmoothException told => told,
        FileNotFoundException or FileLoadException or TypeLoadException or MissingMemberException when Version() is { } version => new($"{Name} {version}: build it against this version", failure),
        FileNotFoundException { FileName: { } missing } => new($"{Name} needs {missing.Split(',')[0]}, which is not beside it", failure),
        TypeLoadException or MissingMemberException or FileLoadException => new($"{Name} does not fit this nonsmooth ({Line(failure)}): build it against this version", failure),
        _ => new($"{Name} failed: {failure.GetType().Name}: {Line(failure)}", failure),
    };

    private string Name => Path.GetFileName(_file);

    private static ModelAssembly Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new NonsmoothException($"there is no assembly '{path}': build it first, or give its path");
        }

        try
        {
            var opened = new ModelAssembly(path, new Beside(path).LoadFromAssemblyPath(path));
            foreach (var type in opened.Types().Where(t => Makes(t, typeof(IExtension))))
            {
                opened.Run(() =>
                {
                    ((IExtension)Activator.CreateInstance(type)!).Register();
                    return true;
                });
            }

            return opened;
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or UnauthorizedAccessException)
        {
            throw new NonsmoothException($"'{path}' cannot be loaded as a .NET assembly ({Line(e)}): give one built for .NET {Environment.Version.Major}", e);
        }
    }

    private IEnumerable<Type> Types() => Run(_assembly.GetExportedTypes);

    private Model Made(Type type) => _models.GetOrAdd(type, made => new Lazy<Model>(() => Run(() =>
    {
        var model = ((IModelSource)Activator.CreateInstance(made)!).Model;
        Models.RegisterData(model);
        return model;
    }))).Value;

    private T Run<T>(Func<T> work)
    {
#pragma warning disable CA1031 // Whatever a user's code throws is told as its failure.
        try
        {
            return work();
        }
        catch (Exception e)
        {
            throw Failed(e is TargetInvocationException { InnerException: { } inner } ? inner : e);
        }
#pragma warning restore CA1031
    }

    private static bool IsSource(Type type) => Makes(type, typeof(IModelSource));

    private static bool Makes(Type type, Type wanted) =>
        wanted.IsAssignableFrom(type) && !type.IsAbstract && type.GetConstructor([]) is not null;

    /// <summary>Against which other version it was built; null for this one.</summary>
    private string? Version()
    {
        var own = typeof(Model).Assembly.GetName();
        var built = _assembly.GetReferencedAssemblies().FirstOrDefault(a => a.Name == own.Name)?.Version;
        return built is null || built == own.Version ? null : $"was built against {own.Name} {built}, this is {own.Version}";
    }

    private static string Line(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.');

    /// <summary>Loads what lies beside an assembly, but what the host has too is the host's, so that types are the same.</summary>
    private sealed class Beside : AssemblyLoadContext
    {
        private readonly AssemblyDependencyResolver _resolver;
        private readonly string _folder;

        public Beside(string path)
            : base(path) => (_resolver, _folder) = (new(path), Path.GetDirectoryName(path)!);

        protected override Assembly? Load(AssemblyName name)
        {
            string file = name.Name + Suffix;
            bool isHost = Default.Assemblies.Any(a => a.GetName().Name == name.Name) || File.Exists(Path.Combine(AppContext.BaseDirectory, file));
            string? found = isHost ? null : _resolver.ResolveAssemblyToPath(name) ?? Path.Combine(_folder, file);
            return found is null || !File.Exists(found) ? null : LoadFromAssemblyPath(found);
        }

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : 0;
    }
}
