using System.Numerics;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>Parts of all keys, of about the same size, so that a mailbox of any size can be joined part by part.</summary>
readonly struct KeyParts
{
    /// <param name="expected">How many keys there are, roughly.</param>
    /// <param name="atATime">How many keys a part may have, roughly.</param>
    public KeyParts(int expected, int atATime)
    {
        Count = Math.Max(1, (int)(((long)expected + atATime - 1) / atATime));
        // A sixteenth more, since parts are never quite the same.
        Expected = Count == 1 ? expected : expected / Count + expected / Count / 16;
    }

    /// <summary>How many parts there are.</summary>
    public int Count { get; }

    /// <summary>How many keys there are in each, roughly.</summary>
    public int Expected { get; }

    /// <summary>The part of a key. Other bits than a table's own choice of slots, or each part would crowd some of them.</summary>
    public int Of(MessageKey key) => Count == 1 ? 0 : unchecked((int)Math.BigMul(
        (key.High ^ BitOperations.RotateLeft(key.Low, 32)) * 0xC2B2AE3D27D4EB4FUL, (ulong)Count, out _));
}
