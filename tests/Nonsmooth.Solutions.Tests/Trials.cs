namespace Nonsmooth.Solutions.Tests;

/// <summary>How often random tests try: ten times as often with <c>NONSMOOTH_TRIALS=1</c>.</summary>
internal static class Trials
{
    public static bool IsWhole => Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1";

    public static int Count(int usual) => IsWhole ? 10 * usual : usual;
}
