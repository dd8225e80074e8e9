#:property PublishAot=false

// dotnet run docs/site/check.cs SITE WORD…: every file and anchor that a page of a built site names is there, no page needs the network, and search
// finds the words given. docfx looks at links between its own pages and not at anchors, images and pages that are only copied.
using System.Text.Json;
using System.Text.RegularExpressions;

string site = Path.GetFullPath(args[0]);
string[] files = Directory.GetFiles(site, "*", SearchOption.AllDirectories);
var known = files.ToHashSet(StringComparer.Ordinal);
var anchors = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
List<string> faults = [];
int links = 0;
foreach (string page in files.Where(f => f.EndsWith(".html", StringComparison.Ordinal)))
{
    foreach (Match tag in Pattern.Tag.Matches(File.ReadAllText(page)))
    {
        string link = Uri.UnescapeDataString(tag.Groups["to"].Value.Replace("&amp;", "&", StringComparison.Ordinal));
        bool isLoaded = tag.Groups["name"].Value != "a";
        if (link.StartsWith("//", StringComparison.Ordinal) || Pattern.Scheme.IsMatch(link))
        {
            if (isLoaded && !link.StartsWith("data:", StringComparison.Ordinal))
            {
                Fault(page, link, "is taken from the network");
            }

            continue;
        }

        links++;
        string[] parts = link.Split('#', 2);
        string path = parts[0].Split('?')[0];
        string target = path.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, path));
        if (!known.Contains(target))
        {
            Fault(page, link, "is not there");
        }
        else if (parts is [_, { Length: > 0 } anchor] && target.EndsWith(".html", StringComparison.Ordinal) && !Anchors(target).Contains(anchor))
        {
            Fault(page, link, "has no such anchor");
        }
    }
}

var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(site, "index.json"))).RootElement;
foreach (string word in args[1..].Where(w => !index.EnumerateObject().Any(p => p.Value.GetRawText().Contains(w, StringComparison.OrdinalIgnoreCase))))
{
    faults.Add($"search does not find '{word}'");
}

faults.Take(40).ToList().ForEach(Console.Error.WriteLine);
Console.WriteLine($"{links} links of {files.Count(f => f.EndsWith(".html", StringComparison.Ordinal))} pages, {index.EnumerateObject().Count()} pages to search, {faults.Count} faults");
return faults.Count == 0 ? 0 : 1;

void Fault(string page, string link, string why) => faults.Add($"{Path.GetRelativePath(site, page)}: '{link}' {why}");

HashSet<string> Anchors(string page) => anchors.TryGetValue(page, out var found) ? found
    : anchors[page] = [.. Pattern.Anchor.Matches(File.ReadAllText(page)).Select(m => m.Groups["id"].Value)];

/// <summary>What is looked for in a page.</summary>
internal static partial class Pattern
{
    [GeneratedRegex("""<(?<name>a|img|link|script|source|iframe)\s[^>]*?(?:href|src)="(?<to>[^"]+)["]""")]
    public static partial Regex Tag { get; }

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9+.-]*:")]
    public static partial Regex Scheme { get; }

    [GeneratedRegex("""\s(?:id|name)="(?<id>[^"]+)["]""")]
    public static partial Regex Anchor { get; }
}
