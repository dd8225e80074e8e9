using System.Xml.Linq;
using Nonsmooth.Sources.Tests;

namespace Nonsmooth.Packages.Tests;

/// <summary>A project of <c>src</c>, which is packed.</summary>
internal sealed record Package(string Name, XDocument Project)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Package> All { get; } =
        [.. Repository.Files(".csproj", "src").Select(file => new Package(Path.GetFileNameWithoutExtension(file), XDocument.Load(file)))];

    /// <summary>Whether it is the command-line tool, whose types are nobody's to use.</summary>
    public bool IsTool => Property("PackAsTool") == "true";

    /// <summary>The page that goes into the package.</summary>
    public string Readme => File.ReadAllText(Path.Combine(Repository.Root, "src", Name, "README.md"));

    /// <summary>A property of the project; null where it sets none.</summary>
    public string? Property(string name) => Project.Descendants(name).SingleOrDefault()?.Value;
}
