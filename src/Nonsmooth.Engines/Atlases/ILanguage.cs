using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Atlases;

/// <summary>How a cell is shown again in an engine's own language.</summary>
public interface ILanguage
{
    /// <summary>The engine.</summary>
    string Engine { get; }

    /// <summary>What its programs are written in, as Markdown calls it.</summary>
    string Fence { get; }

    /// <summary>The program for a cell; empty where the language cannot write it.</summary>
    /// <param name="spelling">What was asked.</param>
    /// <param name="cell">What was answered.</param>
    string Program(RecordedSpelling spelling, JudgedCell cell);
}
