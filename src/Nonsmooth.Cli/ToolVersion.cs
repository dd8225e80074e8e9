using System.Reflection;

namespace Nonsmooth.Cli;

/// <summary>The version of this tool.</summary>
internal static class ToolVersion
{
    /// <summary>The version, without the commit.</summary>
    public static string Text { get; } = typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
