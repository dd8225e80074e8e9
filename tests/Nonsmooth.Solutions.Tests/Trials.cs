namespace Nonsmooth.Solutions.Tests;

/// <summary>How often random tests try: ten times as often with <c>NONSMOOTH_TRIALS=1</c>.</summary>
internal static class Trials
{
    public static int Count(int usual) => Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1" ? 10 * usual : usual;
}
